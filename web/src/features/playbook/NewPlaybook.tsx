import { Input, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { makePlaybook, type PlayTemplate, refreshPlaybooks } from '@/api/playbooks';
import { FormModal } from '@/components/FormModal';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { ForWhom } from './BookPanel';
import { Row } from './Row';
import { fromRecipe, RECIPE_KEYS } from './recipes';

/** 新建流程: what it is called, for whom it is, and what it begins from. */
export function NewPlaybook({ templates, close }: { templates: readonly PlayTemplate[]; close: () => void }) {
  const navigate = useNavigate();
  const [begin, setBegin] = useState<string>(templates[0]?.key ?? 'key');
  const recipe = RECIPE_KEYS.find((one) => one === begin) ?? null;
  const [title, setTitle] = useState('');
  const [condition, setCondition] = useState<unknown>(null);
  const run = async () => {
    const made = await makePlaybook(
      recipe
        ? { document: fromRecipe(recipe, title.trim() || t(`playbook.recipe_${recipe}`), condition) }
        : { template: begin },
    );
    await refreshPlaybooks();
    navigate(`/manage/playbooks/${made.key}`);
  };
  return (
    <FormModal
      title={t('playbook.new')}
      save={t('playbook.new_do')}
      ready={!recipe || condition !== null}
      run={run}
      close={close}
      width={560}
      className="pb-new"
    >
      <Radio.Group
        className="pb-radios"
        aria-label={t('playbook.begin_from')}
        value={begin}
        onChange={(event) => setBegin(event.target.value as string)}
        options={[
          ...templates.map((one) => ({
            value: one.key,
            label: (
              <>
                {words(one.title)} <span className="meta">{t('playbook.shipped', { n: one.nodes })}</span>
              </>
            ),
          })),
          ...RECIPE_KEYS.map((value) => ({
            value,
            label: (
              <>
                {t(`playbook.recipe_${value}`)}{' '}
                <span className="meta">{t(`playbook.recipe_${value}_hint`)}</span>
              </>
            ),
          })),
        ]}
      />
      {recipe ? (
        <>
          <Row label={t('playbook.new_title')}>
            <Input
              value={title}
              maxLength={40}
              placeholder={t(`playbook.recipe_${recipe}`)}
              onChange={(event) => setTitle(event.target.value)}
            />
          </Row>
          <div className="pb-row">
            <span className="second">{t('playbook.for_whom')}</span>
            <ForWhom value={condition} set={setCondition} />
            <span className="meta">{t('playbook.for_hint')}</span>
          </div>
        </>
      ) : null}
    </FormModal>
  );
}

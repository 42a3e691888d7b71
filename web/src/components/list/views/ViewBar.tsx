import { useState } from 'react';
import { updateView } from '@/api/views';
import { useCan } from '@/app/session';
import { clashOf } from '@/lib/clash';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { useKind } from '../kind';
import type { ListState } from '../list-state';
import { forgetLook, type Look } from '../look';
import { looksOther, refreshViews, settle, valuesOf } from './keeping';

/** Under the tabs: what of the view is gone, and what to do with changes of a saved one. */
export function ViewBar({ state, look, again }: { state: ListState; look: Look; again: () => void }) {
  const kind = useKind();
  const [busy, setBusy] = useState(false);
  const mayUpdate = useCan('view.update');
  const { saved, tab } = state;
  if (!saved || !tab) return null;
  const changed = state.changed || looksOther(saved, look);
  const save = async () => {
    setBusy(true);
    try {
      await updateView(saved, valuesOf(kind, state, look, saved.name));
      await settle(state, tab.key);
      say(t('views.updated', { name: saved.name }));
    } catch (failure) {
      // With the version as it is now, the next press goes over the other's, and the reset takes his.
      await refreshViews();
      const clash = clashOf(failure);
      if (clash) say(t('views.late', { name: clash.by || t('views.somebody') }), 'error');
      else sayFailure(failure);
    }
    setBusy(false);
  };
  const reset = () => {
    forgetLook(tab.key);
    state.reset();
    again();
  };
  return (
    <>
      {saved.left_out ? (
        <p className="view-lost" role="status">
          {words(saved.left_out)}
          {saved.can.change && mayUpdate ? (
            <button type="button" className="act" disabled={busy} onClick={() => void save()}>
              {t('views.keep_rest')}
            </button>
          ) : null}
        </p>
      ) : null}
      {changed ? (
        <span className="view-changed">
          <span className="meta">{t('views.changed')}</span>
          {saved.can.change && mayUpdate ? (
            <button type="button" className="act" disabled={busy} onClick={() => void save()}>
              {t('common.save')}
            </button>
          ) : null}
          <button type="button" className="act" onClick={reset}>
            {t('views.reset')}
          </button>
        </span>
      ) : null}
    </>
  );
}

import { useParams } from 'react-router';
import { useAutomation, useOffered } from '@/api/automations';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Editor } from './Editor';
import './automations.css';

/** One automation: its sentence, what it would have done, and its log. */
export function EditorPage() {
  const id = Number(useParams().id);
  const query = useAutomation(id);
  const offered = useOffered();
  const failure = query.error ?? offered.error;
  if (failure && !(query.data && offered.data))
    return (
      <ErrorState failure={failure} retry={() => void Promise.all([query.refetch(), offered.refetch()])} />
    );
  if (!query.data || !offered.data) return <SkeletonRows rows={8} height={56} />;
  return <Editor latest={query.data} offered={offered.data} key={id} />;
}

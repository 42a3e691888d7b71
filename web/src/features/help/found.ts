import type { Topic } from '@/api/guide';

/** Topics that hold every word asked for, in either language. */
export function found(topics: Topic[], asked: string): Topic[] {
  const terms = asked.toLowerCase().split(/\s+/).filter(Boolean);
  return topics.filter((topic) => {
    const text = [topic, ...topic.lines]
      .map((line) => `${line.zh} ${line.en}`)
      .join(' ')
      .toLowerCase();
    return terms.every((term) => text.includes(term));
  });
}

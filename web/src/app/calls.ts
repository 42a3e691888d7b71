/** Do these letters call a command: part of its name, its pinyin from any syllable on, or its initials? */
export function calls(asked: string, title: string, spelling: string): boolean {
  const wanted = asked.toLowerCase().replace(/\s+/g, '');
  if (title.toLowerCase().replace(/\s+/g, '').includes(wanted)) return true;
  const syllables = spelling.split(' ');
  const initials = syllables.map((syllable) => syllable[0]).join('');
  return (
    initials.includes(wanted) || syllables.some((_, at) => syllables.slice(at).join('').startsWith(wanted))
  );
}

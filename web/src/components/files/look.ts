const PAGES = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'pdf'];
const TEXTS = ['docx', 'xlsx', 'txt', 'csv', 'md'];

/** How a file is looked into: a page of the browser, its text beside the screen, or by downloading it. */
export function lookOf(name: string): 'page' | 'text' | 'none' {
  const end = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (PAGES.includes(end)) return 'page';
  return TEXTS.includes(end) ? 'text' : 'none';
}

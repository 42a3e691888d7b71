import type { TeamMonth, TeamPerson, TeamPlaceRow } from '@/api/targets';

export type Line = { place: TeamPlaceRow } | { person: TeamPerson };

/**
 * The lines of the table. By name: each department, then its people; ranked: departments first, then people in
 * their places. The department that stands on top of the page is not told twice.
 */
export function linesOf(data: TeamMonth): Line[] {
  const places = data.departments.slice(1);
  if (data.ranking)
    return [...places.map((place) => ({ place })), ...data.people.map((person) => ({ person }))];
  const named = new Set(places.map((place) => place.id));
  const lines: Line[] = data.people
    .filter((person) => person.department_id === null || !named.has(person.department_id))
    .map((person) => ({ person }));
  for (const place of places) {
    lines.push({ place });
    for (const person of data.people) if (person.department_id === place.id) lines.push({ person });
  }
  return lines;
}

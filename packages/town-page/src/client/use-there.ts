/** Leads to a person and a place, and does something once one is there. */
import { useEffect, useState } from 'preact/hooks';
import type { Part } from './go.ts';
import { placeNamed } from './names.ts';

/** Whom to be, by name, and where: `#name` or `dm`. Absent: whoever and wherever one is. */
export type There = { as?: string | undefined; at?: string | undefined };

/** First the person, then the place, then `act`: each comes a moment after the one before it. */
export function useThere<T>(
  { state, go }: Pick<Part, 'state' | 'go'>,
  where: (wanted: T) => There,
  act: (wanted: T, channel: string | undefined) => void,
): (wanted: T) => void {
  const { world, host, places } = state;
  const [asked, setAsked] = useState<{ wanted: T }>();
  useEffect(() => {
    if (!asked) return;
    const { as, at } = where(asked.wanted);
    const actor = host.cast.find(({ name }) => name === as)?.id ?? world.me.id;
    if (actor !== state.me) return go.as(actor);
    if (actor !== world.me.id) return;
    const place = at === undefined ? undefined : placeNamed(world, at)?.id;
    if (place !== undefined && place !== places[actor]) return go.to(place);
    setAsked(undefined);
    act(asked.wanted, places[actor]);
  }, [asked, state.me, world, places]);
  return (wanted) => setAsked({ wanted });
}

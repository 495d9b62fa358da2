/** The way through a tree of components: what it may hold, and what is gathered on the way. */

import type { Form } from '#api-error';
import { asObject, type Json, type Path, textIn } from '#checks/read';

/** What a tree of components may be, and what is gathered on the way through it. */
export type Walk = {
  form: Form;
  kind: 'message' | 'message-v2' | 'modal';
  customIds: Set<string>;
  count: number;
  text: number;
  nextId: number;
  /** Gives the media behind a url (also `attachment://name`); undefined when there is none. */
  media(url: string): Json | undefined;
};

/** A custom id, which must be the only one of its kind in the message. */
export function customIdIn(walk: Walk, given: Json, path: Path): string | undefined {
  const id = textIn(walk.form, given, 'custom_id', path, { min: 1, max: 100, required: true });
  if (id === undefined) return undefined;
  if (walk.customIds.has(id))
    walk.form.wrong(
      [...path, 'custom_id'],
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      'Component custom id cannot be duplicated',
    );
  walk.customIds.add(id);
  return id;
}

export function emojiLook(given: unknown): Json {
  const emoji = asObject(given);
  return {
    ...(typeof emoji.id === 'string' && { id: emoji.id }),
    name: emoji.name ?? '',
    ...(emoji.animated === true && { animated: true }),
  };
}

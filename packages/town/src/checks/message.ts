/** A message's form: Discord's limits, and the parts of a draft that come out of it. */
import { type APIAttachment, type APIEmbed, type APIMessage, MessageFlags } from 'discord-api-types/v10';
import { apiError, createForm, type Form } from '#api-error';
import { checkComponents } from '#checks/components';
import { asList, asObject, isObject, type Json, listIn, numberIn, textIn } from '#checks/read';
import type { Walk } from '#checks/walk';
import type { Allowed, Draft } from '#world/draft';
import { attach } from '#world/messages';
import type { World } from '#world/world';

/** A file as it came in a multipart form: `key` is the n of `files[n]`. */
export type Upload = { key: string; name: string; type: string; bytes: Uint8Array };

export type MessageForm = Pick<
  Draft,
  'content' | 'embeds' | 'components' | 'attachments' | 'flags' | 'allowed' | 'nonce' | 'tts'
> & { flags: number; enforceNonce: boolean };

const settable = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

function embedsIn(form: Form, body: Json): APIEmbed[] {
  let total = 0;
  const list = listIn(form, body, 'embeds', [], 0, 10).map((one, at) => {
    const path = ['embeds', at];
    const embed = asObject(one);
    const title = textIn(form, embed, 'title', path, { max: 256 });
    const description = textIn(form, embed, 'description', path, { max: 4096 });
    const footer = asObject(embed.footer);
    const author = asObject(embed.author);
    const texts = [title, description];
    texts.push(textIn(form, footer, 'text', [...path, 'footer'], { max: 2048 }));
    texts.push(textIn(form, author, 'name', [...path, 'author'], { max: 256 }));
    const fields = listIn(form, embed, 'fields', path, 0, 25).map((field, n) => {
      const here = [...path, 'fields', n];
      const name = textIn(form, asObject(field), 'name', here, { max: 256, required: true });
      const value = textIn(form, asObject(field), 'value', here, { max: 1024, required: true });
      texts.push(name, value);
      return { name: name ?? '', value: value ?? '', inline: asObject(field).inline === true };
    });
    total += texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    return { ...embed, type: 'rich', ...(fields.length > 0 && { fields }) } as APIEmbed;
  });
  if (total > 6000) form.wrong(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
  return list;
}

/** Keeps the uploaded files; `kept` are the attachments of the message that is edited. */
export function filesIn(world: World, body: Json, uploads: readonly Upload[], kept: readonly APIAttachment[]) {
  const described = asList(body.attachments).map(asObject);
  const made = uploads.map((upload) => {
    const said = described.find((one) => String(one.id) === upload.key);
    const name = typeof said?.filename === 'string' ? said.filename : upload.name;
    return attach(world, name, upload.type, upload.bytes, said?.description as string | undefined);
  });
  const keep = Array.isArray(body.attachments)
    ? kept.filter((file) => described.some((one) => String(one.id) === file.id))
    : kept;
  return [...keep, ...made];
}

const legacy = { content: 'content', embeds: 'embeds', sticker_ids: 'sticker_ids', poll: 'poll' };

/** Checks a message. `now`: the message that is edited, whose parts count when they are not replaced. */
export function checkMessage(world: World, given: unknown, uploads: readonly Upload[], now?: APIMessage): MessageForm {
  const body = asObject(given);
  const form = createForm();
  const content = textIn(form, body, 'content', [], { max: 2000 });
  const embeds = embedsIn(form, body);
  const wanted = numberIn(form, body, 'flags', [], { min: 0, max: 2 ** 31 - 1 }) ?? 0;
  const flags = (wanted & (settable | MessageFlags.Ephemeral)) | ((now?.flags ?? 0) & ~MessageFlags.Loading);
  const v2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  if (v2) {
    for (const key of Object.keys(legacy)) {
      const value = body[key];
      if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
        continue;
      form.wrong(
        [key],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      );
    }
  }
  const attachments = filesIn(world, body, uploads, now?.attachments ?? []);
  if (attachments.length > 10) form.wrong(['attachments'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  const walk: Walk = {
    form,
    kind: v2 ? 'message-v2' : 'message',
    customIds: new Set(),
    count: 0,
    text: 0,
    nextId: 1,
    media: (url) => mediaAt(world, attachments, url),
  };
  const list = listIn(form, body, 'components', [], 0, v2 ? 40 : 5);
  const components = checkComponents(walk, list, ['components']) as unknown as NonNullable<APIMessage['components']>;
  const { nonce } = body;
  if (typeof nonce === 'string' && nonce.length > 25)
    form.wrong(['nonce'], 'NONCE_TYPE_TOO_LONG', 'Nonce must be 25 or fewer in length.');
  form.done();

  const made: MessageForm = {
    flags,
    enforceNonce: body.enforce_nonce === true,
    attachments,
    ...(body.content !== undefined && { content: content ?? '' }),
    ...(body.embeds !== undefined && { embeds }),
    ...(body.components !== undefined && { components }),
    ...(isObject(body.allowed_mentions) && { allowed: body.allowed_mentions as Allowed }),
    ...((typeof nonce === 'string' || typeof nonce === 'number') && { nonce }),
    ...(body.tts === true && { tts: true }),
  };
  if (isEmpty(made, now)) throw apiError.emptyMessage();
  return made;
}

function isEmpty(made: MessageForm, now: APIMessage | undefined): boolean {
  const content = made.content ?? now?.content ?? '';
  const parts = [made.embeds ?? now?.embeds, made.components ?? now?.components, made.attachments];
  return content.trim() === '' && parts.every((part) => (part?.length ?? 0) === 0);
}

function mediaAt(world: World, attachments: readonly APIAttachment[], url: string): Json | undefined {
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  if (name === undefined) {
    return /^https?:\/\//.test(url)
      ? { id: world.ids.next(), url, proxy_url: url, width: null, height: null }
      : undefined;
  }
  const file = attachments.find((one) => one.filename === name);
  if (!file) return undefined;
  const { id, url: at, content_type, filename, size } = file;
  return { id, attachment_id: id, url: at, proxy_url: at, width: null, height: null, content_type, filename, size };
}

/** A modal's form, completed as the person gets it. */
export function checkModal(given: unknown) {
  const body = asObject(given);
  const form = createForm();
  const title = textIn(form, body, 'title', ['data'], { min: 1, max: 45, required: true });
  const custom_id = textIn(form, body, 'custom_id', ['data'], { min: 1, max: 100, required: true });
  const walk: Walk = {
    form,
    kind: 'modal',
    customIds: new Set(),
    count: 0,
    text: 0,
    nextId: 1,
    media: () => undefined,
  };
  const list = listIn(form, body, 'components', ['data'], 1, 5);
  const components = checkComponents(walk, list, ['data', 'components']);
  form.done();
  return { title: title ?? '', custom_id: custom_id ?? '', components };
}

import type { Document } from './check.ts';

/**
 * What Discord's guide for developers documents and its OpenAPI document does not know: media channels (GUILD_MEDIA, 16;
 * "Channel Types" in the channel resource). They stand beside forums wherever forums may stand in an answer; what the bot
 * itself sends keeps to the document.
 */
const [forum, media] = [15, 16];

type Node = { [key: string]: unknown };

/** A copy of the document that knows them. */
export function withoutGaps(document: Document): Document {
  const copy = structuredClone(document) as Document & { components?: { schemas?: Node } };
  const schemas = copy.components?.schemas ?? {};
  const types = schemas.ChannelTypes as { oneOf?: Node[] } | undefined;
  types?.oneOf?.push({ title: 'GUILD_MEDIA', const: media });
  const channel = schemas.GuildChannelResponse as { properties?: { type?: { enum?: number[] } } } | undefined;
  const { enum: kinds } = channel?.properties?.type ?? {};
  if (kinds?.includes(forum)) kinds.push(media);
  // A menu of channels that the bot sends lists none of them.
  for (const name of ['ChannelSelectComponentForMessageRequest', 'ChannelSelectComponentForModalRequest']) {
    const { channel_types } = (schemas[name] as { properties?: Node } | undefined)?.properties ?? {};
    const items = (channel_types as { items?: Node } | undefined)?.items;
    if (items) items.not = { const: media };
  }
  return copy;
}

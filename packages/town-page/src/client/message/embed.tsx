import type { APIEmbed } from 'discord-api-types/v10';
import { When } from '../when.tsx';
import { hostOf } from './files.ts';
import { Markdown } from './markdown.tsx';
import { Picture } from './picture.tsx';
import { hex, useScene } from './scene.ts';

/** A card below a message: made by an application, or the preview of a link. */
export function Embed({ embed }: { embed: APIEmbed }) {
  const { author, title, url, description, fields = [], image, thumbnail, provider } = embed;
  const isWide = image !== undefined || fields.length > 0;
  return (
    <section
      class={`embed ${isWide ? 'embed-wide' : ''}`}
      style={embed.color !== undefined ? { '--bar': hex(embed.color) } : undefined}
      aria-label={title ?? 'Embed'}
    >
      <div class="embed-main">
        {(provider?.name || embed.type === 'link') && url && (
          <small class="embed-from">{provider?.name ?? hostOf(url)}</small>
        )}
        {author && <Linked class="embed-author" text={author.name} url={author.url} />}
        {title && <div class="embed-title">{url ? <Linked text={title} url={url} /> : <Markdown text={title} />}</div>}
        {description && <Markdown text={description} />}
        {fields.length > 0 && (
          <dl class="embed-fields">
            {fields.map((field, at) => (
              <div key={at} class={field.inline ? 'embed-inline' : ''}>
                <dt>
                  <Markdown text={field.name} />
                </dt>
                <dd>
                  <Markdown text={field.value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
        {image && <Picture class="embed-image" url={image.url} />}
        <Foot embed={embed} />
      </div>
      {thumbnail && <Picture class="embed-thumbnail" url={thumbnail.url} />}
    </section>
  );
}

function Linked({ text, url, class: extra }: { text: string; url?: string | undefined; class?: string }) {
  if (!url) return <div class={extra}>{text}</div>;
  return (
    <a class={extra} href={url} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}

function Foot({ embed: { footer, timestamp } }: { embed: APIEmbed }) {
  const { locale } = useScene().world.me;
  if (!footer && !timestamp) return null;
  const at = timestamp ? Date.parse(timestamp) : Number.NaN;
  const isDated = Number.isFinite(at);
  return (
    <small class="embed-foot">
      {footer?.text}
      {footer && isDated && ' • '}
      {isDated && <When at={at} locale={locale} />}
    </small>
  );
}

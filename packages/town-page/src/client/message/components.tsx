import {
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  type APIFileComponent,
  type APIMediaGalleryComponent,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  type APISeparatorComponent,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import { FileCard } from './attachments.tsx';
import { Button } from './button.tsx';
import { kindOf, ownPath } from './files.ts';
import { Markdown } from './markdown.tsx';
import { Picture } from './picture.tsx';
import { hex } from './scene.ts';
import { Select } from './select.tsx';
import { Covered } from './spoiler.tsx';

/** What an application laid out: everything that a message can be built of. Places keep their keys, and so the focus. */
export function Components({ list }: { list: readonly APIMessageTopLevelComponent[] }) {
  return (
    <div class="parts">
      {list.map((one, at) => (
        <Part key={`${at} ${one.type}`} part={one} />
      ))}
    </div>
  );
}

function Part({ part }: { part: APIMessageTopLevelComponent | APIComponentInContainer }) {
  switch (part.type) {
    case ComponentType.ActionRow:
      return <Row parts={part.components} />;
    case ComponentType.TextDisplay:
      return <Markdown text={part.content} />;
    case ComponentType.Section:
      return <Section section={part} />;
    case ComponentType.MediaGallery:
      return <Gallery gallery={part} />;
    case ComponentType.File:
      return <File file={part} />;
    case ComponentType.Separator:
      return <Separator separator={part} />;
    case ComponentType.Container:
      return <Container container={part} />;
    default:
      return null;
  }
}

function Row({ parts }: { parts: readonly APIComponentInMessageActionRow[] }) {
  return (
    <div class="row">
      {parts.map((one, at) =>
        one.type === ComponentType.Button ? (
          <Button key={`${at} button`} button={one} />
        ) : (
          <Select key={`${at} ${one.type}`} select={one} />
        ),
      )}
    </div>
  );
}

function Container({ container }: { container: APIContainerComponent }) {
  const { accent_color: accent, components, spoiler = false } = container;
  return (
    <Covered isSpoiler={spoiler} what="message" class="cover-container">
      <div
        class={`container ${typeof accent === 'number' ? 'container-accent' : ''}`}
        style={typeof accent === 'number' ? { '--bar': hex(accent) } : undefined}
      >
        {components.map((one, at) => (
          <Part key={`${at} ${one.type}`} part={one} />
        ))}
      </div>
    </Covered>
  );
}

function Section({ section: { components, accessory } }: { section: APISectionComponent }) {
  return (
    <div class={`section ${accessory.type === ComponentType.Button ? 'section-button' : ''}`}>
      <div class="section-text">
        {components.map((one, at) => (
          <Markdown key={at} text={one.content} />
        ))}
      </div>
      {accessory.type === ComponentType.Button ? (
        <Button button={accessory} />
      ) : (
        <Covered isSpoiler={accessory.spoiler === true} what="picture">
          <Picture class="thumbnail" url={accessory.media.url} description={accessory.description} />
        </Covered>
      )}
    </div>
  );
}

function Gallery({ gallery: { items } }: { gallery: APIMediaGalleryComponent }) {
  return (
    <div class={`gallery gallery-${Math.min(items.length, 4)}`}>
      {items.map(({ media, description, spoiler }, at) => (
        <Covered key={at} isSpoiler={spoiler === true} what="picture">
          {kindOf(media.content_type) === 'video' && ownPath(media.url) ? (
            // biome-ignore lint/a11y/useMediaCaption: an application's own files come without captions
            <video
              class="video"
              src={ownPath(media.url)}
              controls
              preload="metadata"
              aria-label={description ?? 'Video'}
            />
          ) : (
            <Picture url={media.url} description={description} />
          )}
        </Covered>
      ))}
    </div>
  );
}

function File({ file: { file, name, size, spoiler = false } }: { file: APIFileComponent }) {
  return (
    <Covered isSpoiler={spoiler} what="file">
      <FileCard name={name ?? 'file'} size={size} url={file.url} />
    </Covered>
  );
}

function Separator({ separator: { divider = true, spacing } }: { separator: APISeparatorComponent }) {
  const look = `separator ${spacing === SeparatorSpacingSize.Large ? 'separator-large' : ''}`;
  return divider ? <hr class={look} /> : <div class={look} />;
}

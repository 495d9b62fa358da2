/** A forum: its posts, newest first, by tag; and the door to a new one. */
import { useState } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import type { Part } from './go.ts';
import { Icon } from './icons.tsx';
import { threadsOf } from './names.ts';
import { unreadIn } from './state.ts';
import type { Channel } from './types.ts';
import { When } from './when.tsx';

export function Forum({ forum, ...part }: Part & { forum: Channel }) {
  const { state, go } = part;
  const [tag, setTag] = useState<string>();
  const all = threadsOf(state.world, forum.id);
  const posts = tag === undefined ? all : all.filter(({ thread }) => thread?.tags.includes(tag));
  return (
    <section class="forum" aria-label={`Posts in ${forum.name}`}>
      <div class="forum-head">
        {forum.tags.length > 0 && (
          <fieldset class="tags">
            <legend class="sr-only">Show only posts with the tag</legend>
            {forum.tags.map(({ id, name }) => (
              <button
                key={id}
                type="button"
                class="chip"
                aria-pressed={tag === id}
                onClick={() => setTag(tag === id ? undefined : id)}
              >
                {name}
              </button>
            ))}
          </fieldset>
        )}
        {forum.may.write && (
          <button
            type="button"
            class="button"
            onClick={() => go.change({ t: 'dialogs', change: { posting: forum.id } })}
          >
            New post
          </button>
        )}
      </div>
      {posts.length === 0 && (
        <p class="nothing">{tag === undefined ? 'There are no posts yet.' : 'No post has this tag.'}</p>
      )}
      <ul class="posts">
        {posts.map((post) => (
          <Post key={post.id} {...part} forum={forum} post={post} />
        ))}
      </ul>
    </section>
  );
}

function Post({ state, go, forum, post }: Part & { forum: Channel; post: Channel }) {
  const { world } = state;
  const messages = state.messages.get(post.id) ?? [];
  const owner = world.people.get(post.thread?.owner ?? '');
  const unread = unreadIn(state, post.id);
  const last = messages.at(-1);
  const tags = forum.tags.filter(({ id }) => post.thread?.tags.includes(id));
  return (
    <li>
      <button type="button" class={`post${unread > 0 ? ' unread' : ''}`} onClick={() => go.to(post.id)}>
        {tags.length > 0 && (
          <span class="post-tags">
            {tags.map(({ id, name }) => (
              <span key={id} class="chip still">
                {name}
              </span>
            ))}
          </span>
        )}
        <b class="post-title">{post.name}</b>
        <span class="post-words">
          {owner && <Avatar person={owner} size={18} />}
          <span class="clip">
            {owner?.name}: {messages[0]?.content ?? ''}
          </span>
        </span>
        <span class="muted post-foot">
          <Icon name="talk" size={16} /> {post.thread?.messages ?? 0}
          <span class="sr-only"> replies</span>
          {last && (
            <>
              · <When at={Date.parse(last.timestamp)} locale={world.me.locale} />
            </>
          )}
          {unread > 0 && <span class="badge">{unread} new</span>}
        </span>
      </button>
    </li>
  );
}

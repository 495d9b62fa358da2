/** Whatever is open above the conversation. */
import { EmojiPicker } from './compose/emoji-picker.tsx';
import { FormDialog } from './compose/form-dialog.tsx';
import { ForwardDialog } from './compose/forward-dialog.tsx';
import { MessageMenu } from './compose/message-menu.tsx';
import { PostDialog } from './compose/post-dialog.tsx';
import { ThreadDialog } from './compose/thread-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import type { Dialogs } from './dialogs.ts';
import type { Part } from './go.ts';

export function DialogLayer({ state, acts, go }: Part) {
  const { world } = state;
  const set = (change: Partial<Dialogs>) => go.change({ t: 'dialogs', change });
  const here = world.channels.get(state.places[world.me.id] ?? '');
  const { menu, emoji, form, posting, threading, deleting, forwarding } = state;
  const forum = posting === undefined ? undefined : world.channels.get(posting);
  const parent = threading && world.channels.get(threading.channel);
  const formAt = form && (world.channels.get(form.channel) ?? here);
  return (
    <>
      {menu && here && (
        <MessageMenu
          message={menu.message}
          at={menu.at}
          {...(menu.app !== undefined && { app: menu.app })}
          world={world}
          channel={here}
          acts={acts}
          onClose={() => set({ menu: undefined })}
          onReply={(replyTo) => set({ menu: undefined, replyTo })}
          onEdit={({ id }) => set({ menu: undefined, editing: id })}
          onDelete={(message) => set({ menu: undefined, deleting: message })}
          onReact={(message, at) => set({ menu: undefined, emoji: { message, at } })}
          onStartThread={(message) => set({ menu: undefined, threading: { channel: here.id, from: message } })}
          onForward={(message) => set({ menu: undefined, forwarding: message })}
        />
      )}
      {emoji && (
        <EmojiPicker
          at={emoji.at}
          onPick={(sign) => {
            set({ emoji: undefined });
            void acts.reacts(emoji.message, sign).catch(() => undefined);
          }}
          onClose={() => set({ emoji: undefined })}
        />
      )}
      {form && formAt && (
        <FormDialog
          form={form.form}
          world={world}
          channel={formAt}
          acts={acts}
          onClose={() => set({ form: undefined })}
        />
      )}
      {forum && <PostDialog forum={forum} world={world} acts={acts} onClose={() => set({ posting: undefined })} />}
      {parent && (
        <ThreadDialog
          channel={parent}
          {...(threading?.from && { from: threading.from })}
          world={world}
          acts={acts}
          onClose={() => set({ threading: undefined })}
        />
      )}
      {forwarding && (
        <ForwardDialog message={forwarding} world={world} acts={acts} onClose={() => set({ forwarding: undefined })} />
      )}
      {deleting && (
        <DeleteDialog message={deleting} world={world} acts={acts} onClose={() => set({ deleting: undefined })} />
      )}
    </>
  );
}

/** What the host tells beside the conversation: every decision with its reason, and a place to try sentences. */
import { useEffect, useRef } from 'preact/hooks';
import type { PanelWords } from '../protocol.ts';
import { EntryView } from './entry.tsx';
import type { Part } from './go.ts';
import { Trying } from './trying.tsx';

export function Panel({ words, open, ...part }: Part & { words: PanelWords; open: boolean }) {
  const { state } = part;
  const list = useRef<HTMLOListElement>(null);
  const newest = state.entries.at(-1);
  useEffect(() => {
    list.current?.scrollTo({ top: 0 });
  }, [newest?.id]);
  return (
    <section class={`panel${open ? '' : ' shut'}`} aria-label={words.title} tabIndex={-1}>
      <h2 class="panel-title">{words.title}</h2>
      {words.note && <p class="muted panel-note">{words.note}</p>}
      {words.trying && <Trying {...part} words={words.trying} />}
      <div role="log" aria-label={words.title} aria-relevant="additions">
        {state.entries.length === 0 && <p class="nothing">{words.empty}</p>}
        <ol class="entries" ref={list}>
          {state.entries.toReversed().map((entry) => (
            <li key={entry.id}>
              <EntryView {...part} entry={entry} />
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

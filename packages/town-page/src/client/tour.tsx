/** The guided tour: a card above the conversation that says what to do next; the visitor does it with their own hands. */
import { useEffect, useRef } from 'preact/hooks';
import type { TourStep, TourWords } from '../protocol.ts';
import type { Part } from './go.ts';
import { Icon } from './icons.tsx';
import { hasSeenTour, keepTourSeen } from './memory.ts';
import { placeNamed } from './names.ts';
import { TourUses } from './tour-uses.tsx';
import { useThere } from './use-there.ts';

export function Tour(part: Part) {
  const { state, go } = part;
  const { tour } = state.host;
  useEffect(() => {
    if (tour && state.step === undefined && !hasSeenTour()) go.change({ t: 'step', step: -1 });
  }, []);
  if (!tour) return null;
  const { step } = state;
  const leave = () => {
    keepTourSeen();
    go.change({ t: 'step' });
  };
  const all = tour.steps.findIndex(({ uses }) => uses);
  if (step === undefined)
    return (
      <div class="tour-again">
        <button type="button" class="link" onClick={() => go.change({ t: 'step', step: -1 })}>
          {tour.again}
        </button>
        {all >= 0 && (
          <button type="button" class="link" onClick={() => go.change({ t: 'step', step: all })}>
            {tour.all}
          </button>
        )}
      </div>
    );
  const current = tour.steps[step];
  if (!current) return <Door {...part} tour={tour} onLeave={leave} />;
  return <Step key={current.id} {...part} tour={tour} step={current} at={step} onLeave={leave} />;
}

function Door({ state, go, tour, onLeave }: Part & { tour: TourWords; onLeave(): void }) {
  return (
    <section class="tour" aria-labelledby="tour-title">
      <h2 id="tour-title">{tour.title}</h2>
      <p>{state.host.about}</p>
      <div class="tour-buttons">
        <button type="button" class="button" onClick={() => go.change({ t: 'step', step: 0 })}>
          {tour.start}
        </button>
        <button type="button" class="button bare" onClick={onLeave}>
          {tour.skip}
        </button>
      </div>
    </section>
  );
}

type StepProps = Part & { tour: TourWords; step: TourStep; at: number; onLeave(): void };

function Step({ state, go, tour, step, at, onLeave }: StepProps) {
  const title = useRef<HTMLHeadingElement>(null);
  const actor = state.host.cast.find(({ name }) => name === step.as);
  const isActor = !actor || state.world.me.id === actor.id;
  const place = step.at === undefined || !isActor ? undefined : placeNamed(state.world, step.at);
  const isReached = state.reached === step.id;
  const isLast = at === tour.steps.length - 1;

  const stays = useRef(state.resumed);
  useEffect(() => {
    if (state.resumed) return;
    if (actor) go.as(actor.id);
    go.change({ t: 'pane', pane: 'talk' });
    title.current?.focus();
  }, []);
  useEffect(() => {
    if (place && !stays.current) go.to(place.id);
    stays.current = false;
  }, [place?.id]);

  const { suggest } = step;
  const insert = useThere<string>(
    { state, go },
    () => step,
    (text) => go.change({ t: 'insert', text }),
  );
  return (
    <section class={`tour${isReached ? ' reached' : ''}`} aria-labelledby="tour-title">
      <div class="tour-head">
        <h2 id="tour-title" ref={title} tabIndex={-1}>
          {step.title}
        </h2>
        <span class="muted">
          {at + 1}/{tour.steps.length}
        </span>
        <button type="button" class="icon-button" onClick={onLeave} title={tour.skip}>
          <Icon name="close" size={18} />
          <span class="sr-only">{tour.skip}</span>
        </button>
      </div>
      {actor && !isActor && (
        <p>
          <button type="button" class="link" onClick={() => go.as(actor.id)}>
            {tour.actingAs.replaceAll('{who}', actor.name)}
          </button>
        </p>
      )}
      {isReached ? null : <p>{step.text}</p>}
      {suggest !== undefined && !isReached && <q class="suggestion">{suggest}</q>}
      {step.uses && <TourUses state={state} go={go} tour={tour} step={step} uses={step.uses} />}
      <p role="status" class={isReached ? 'done' : 'muted waiting'}>
        {isReached && <Icon name="check" size={18} />} {isReached ? (step.reached ?? step.text) : (step.waiting ?? '')}
      </p>
      <div class="tour-buttons">
        {suggest !== undefined && !isReached && (
          <button type="button" class="button" onClick={() => insert(suggest)}>
            {tour.insert}
          </button>
        )}
        {at > 0 && (
          <button type="button" class="button bare" onClick={() => go.change({ t: 'step', step: at - 1 })}>
            {tour.back}
          </button>
        )}
        <button
          type="button"
          class={`button${isReached || !step.goal ? '' : ' plain'}`}
          onClick={() => (isLast ? onLeave() : go.change({ t: 'step', step: at + 1 }))}
        >
          {isLast ? tour.finish : tour.next}
        </button>
      </div>
    </section>
  );
}

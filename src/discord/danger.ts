import type { Search } from '#content/search';
import { postMarks } from '#detector/judge';
import type { Detector } from '#detector/reading';
import { marks } from '#nudge/conversation';
import type { Services } from '#panels/services';
import type { Spoken } from '#words';

/** Danger in what somebody wrote: a phrase that says it, or what the detector reads. Used to show the way to /crisis. */
export const hearDanger =
  (search: Spoken<Search>, detector: Detector): Services['dangerIn'] =>
  async (text, locale) => {
    // Many write in English whatever language their Discord speaks.
    if (search(locale).dangerIn(text) ?? search().dangerIn(text)) return 'clear';
    const { crisis } = (await detector.read('', text)).post;
    if (crisis >= marks.clearDanger) return 'clear';
    return crisis >= postMarks.danger ? 'possible' : undefined;
  };

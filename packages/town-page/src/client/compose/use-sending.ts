/** Something that is sent from a dialog: one at a time, and what went wrong is said while all that was typed stays. */
import { useState } from 'preact/hooks';
import { messageOf } from './limits.ts';

export function useSending(onDone: () => void) {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState('');
  const send = async (act: () => Promise<void>) => {
    if (sending) return;
    setSending(true);
    setProblem('');
    try {
      await act();
      onDone();
    } catch (error) {
      setSending(false);
      setProblem(messageOf(error));
    }
  };
  return { sending, problem, setProblem, send };
}

'use client';

import { useEffect, useRef, useState } from 'react';
import { countText } from '@/lib/client/format-time';
import type { TaskDetail } from '@/lib/contract/task';

/** At most one sentence in so long, so that a listener is not talked over. */
const EVERY_MS = 10_000;

/** Tells a screen reader how the log goes: seldom while it runs, at once when it ended. The log itself is silent. */
export function LogSpeaker({ task, lines, follow }: { task: TaskDetail; lines: number; follow: boolean }) {
  const [said, setSaid] = useState('');
  const now = useRef({ task, lines, follow });
  useEffect(() => {
    now.current = { task, lines, follow };
  });
  const running = task.ended_at === null;
  const wasRunning = useRef(running);
  useEffect(() => {
    if (!running) {
      if (wasRunning.current) setSaid(`Task ended: ${now.current.task.result}. ${now.current.task.exitstatus ?? ''}`);
      return;
    }
    let before = now.current.lines;
    const timer = setInterval(() => {
      const { task: latest, lines: total } = now.current;
      const percent = latest.progress === null ? '' : `${Math.floor(latest.progress * 100)} percent`;
      const news = total > before ? `${countText(total - before)} new lines` : '';
      before = total;
      const sentence = [percent, news].filter(Boolean).join(', ');
      if (sentence !== '') setSaid(sentence);
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [running]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  );
}

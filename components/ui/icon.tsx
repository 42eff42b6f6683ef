/** Line drawings on a grid of 16, drawn with a stroke of 1.5 in the colour of the text around them. */
const PATHS = {
  tasks: 'M6 4h8M6 8h8M6 12h8M2.2 4h.6M2.2 8h.6M2.2 12h.6',
  clusters:
    'M3 2.5h10a1 1 0 011 1V6a1 1 0 01-1 1H3a1 1 0 01-1-1V3.5a1 1 0 011-1zM3 9h10a1 1 0 011 1v2.5a1 1 0 01-1 1H3a1 1 0 01-1-1V10a1 1 0 011-1zM4.6 4.75h.05M4.6 11.25h.05',
  search: 'M7 2.5a4.5 4.5 0 110 9 4.5 4.5 0 010-9zM10.5 10.5L14 14',
  right: 'M6 3.5L10.5 8 6 12.5',
  left: 'M10 3.5L5.5 8l4.5 4.5',
  down: 'M3.5 6L8 10.5 12.5 6',
  up: 'M3.5 10L8 5.5l4.5 4.5',
  x: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  check: 'M3.5 8.5l3 3 6-7',
  link: 'M6.8 9.2a2.6 2.6 0 003.7 0l2.2-2.2a2.6 2.6 0 00-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 00-3.7 0L3.3 9a2.6 2.6 0 003.7 3.7l.8-.8',
  copy: 'M7 5.5h5A1.5 1.5 0 0113.5 7v5a1.5 1.5 0 01-1.5 1.5H7A1.5 1.5 0 015.5 12V7A1.5 1.5 0 017 5.5zM3.5 10.5h-.3a.7.7 0 01-.7-.7V3.2c0-.4.3-.7.7-.7h6.6c.4 0 .7.3.7.7v.3',
  stop: 'M5 3.5h6A1.5 1.5 0 0112.5 5v6a1.5 1.5 0 01-1.5 1.5H5A1.5 1.5 0 013.5 11V5A1.5 1.5 0 015 3.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3l7.5 5L5 13z',
  download: 'M8 2.5v8M4.8 7.5L8 10.7l3.2-3.2M3 13.5h10',
  wrap: 'M2 4h12M2 8h9.5a2.2 2.2 0 010 4.4H8.5M10 10.8l-1.7 1.6L10 14M2 12h3',
  follow: 'M8 2.5v8.5M4.5 7.8L8 11.3l3.5-3.5M4 13.8h8',
  external: 'M9.5 2.5h4v4M13.5 2.5L8 8M11.5 9.5v3.2c0 .4-.4.8-.8.8H3.3a.8.8 0 01-.8-.8V5.3c0-.4.4-.8.8-.8h3.2',
  user: 'M8 2.8a2.7 2.7 0 110 5.4 2.7 2.7 0 010-5.4zM2.8 13.6c.7-2.4 2.7-3.8 5.2-3.8s4.5 1.4 5.2 3.8',
  key: 'M5.2 8.1a2.7 2.7 0 110 5.4 2.7 2.7 0 010-5.4zM7.2 8.8l6.3-6.3M11 5l2 2',
  refresh: 'M13.5 8a5.5 5.5 0 11-1.6-3.9M13.5 2v3h-3',
  sun: 'M8 5.2a2.8 2.8 0 110 5.6 2.8 2.8 0 010-5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13.2 9.6A5.6 5.6 0 016.4 2.8a5.6 5.6 0 106.8 6.8z',
  leave: 'M6.5 2.5H3.3a.8.8 0 00-.8.8v9.4c0 .4.4.8.8.8h3.2M10.5 5L13.5 8l-3 3M13.5 8H6.5',
  filter: 'M2 3.5h12M4.5 8h7M6.5 12.5h3',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  info: 'M8 2a6 6 0 110 12A6 6 0 018 2zM8 7.3v3.6M8 5v.05',
  clock: 'M8 2a6 6 0 110 12A6 6 0 018 2zM8 4.8V8l2.2 1.6',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  values: 'M2.5 3h3v3h-3zM2.5 10h3v3h-3zM8.5 4.5h5M8.5 11.5h5',
  star: 'M8 2l1.8 3.8 4.2.6-3 2.9.7 4.2L8 11.5l-3.7 2 .7-4.2-3-2.9 4.2-.6z',
  starred: 'M8 2l1.8 3.8 4.2.6-3 2.9.7 4.2L8 11.5l-3.7 2 .7-4.2-3-2.9 4.2-.6z',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.5 9h6l.5-9',
  numbers: 'M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.2 3v10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
} as const;
export type IconName = keyof typeof PATHS;

type Props = {
  name: IconName;
  /** 16 unless told otherwise. */
  size?: 14 | 16 | 18 | 20;
  className?: string;
  /** Says what the icon means where no word stands beside it; without one it is hidden from assistive technology. */
  label?: string;
};

export function Icon({ name, size = 16, className = '', label }: Props) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      className={`block shrink-0 ${className}`}
      fill={name === 'starred' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.4 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The mark of the product; `bg-rail` shows through its lines. */
export function Mark({ size = 16 }: { size?: number }) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} className="block shrink-0" aria-hidden="true">
      <rect x="1" y="1" width="14" height="14" rx="4" fill="currentColor" />
      <g stroke="var(--bg-rail)" strokeWidth="1.5" strokeLinecap="round">
        <path d="M4.2 5h4.2M4.2 8h7.6M4.2 11h2.6" />
      </g>
      <circle cx="11.2" cy="5" r="1.25" fill="var(--bg-rail)" />
    </svg>
  );
}

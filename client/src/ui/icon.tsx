import './icon.css';

/** Drawn by hand on a grid of 24, in lines of 2. */
const PATHS = {
  overview: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  dashboards: 'M4 20V4M4 20h16M8 16l4-5 3 3 5-7',
  compare: 'M8 4v16M16 4v16M4 8h8M12 16h8',
  alerts: 'M6 17V11a6 6 0 0 1 12 0v6zM4 17h16M11 20h2',
  jobs: 'M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM12 8v4l3 2',
  add: 'M12 5v14M5 12h14',
  preferences: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  more: 'M4.5 12h1M11.5 12h1M18.5 12h1',
  duplicate: 'M8 8h12v12H8zM4 16V4h12',
  remove: 'M6 6l12 12M18 6L6 18',
  move: 'M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3',
  back: 'M15 5l-7 7 7 7',
  account: 'M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM5 20a7 7 0 0 1 14 0',
  admin: 'M12 3l7 3v6c0 4-3 7-7 9-4-2-7-5-7-9V6z',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  HEATING: 'M12 3c1 4 5 5 5 10a5 5 0 0 1-10 0c0-2 1-3 2-4 0 2 1 3 2 3 1-3-1-5 1-9z',
  HOT_WATER: 'M12 3c3 5 6 7 6 11a6 6 0 0 1-12 0c0-4 3-6 6-11z',
  COOLING: 'M12 3v18M4 7.5l16 9M20 7.5l-16 9',
  DEFROST: 'M12 3v9M7 5.5l5 3 5-3M6 12h12M7 16v1M12 15v5M17 16v1',
  IDLE: 'M19 14a8 8 0 1 1-9-10 7 7 0 0 0 9 10z',
  OFF: 'M12 4v8M7 7a7 7 0 1 0 10 0',
  POOL: 'M4 9c3-3 5 3 8 0s5 3 8 0M4 15c3-3 5 3 8 0s5 3 8 0',
  FAULT: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  BLOCKED: 'M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3',
  ONLINE: 'M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM8.5 12l2.5 2.5 4.5-5',
  CONNECTING: 'M12 4a8 8 0 1 0 8 8',
  DEGRADED: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  OFFLINE: 'M5 5h14v14H5zM9 9l6 6M15 9l-6 6',
  DISABLED: 'M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM8 12h8',
} as const;

/** Name of an icon. */
export type IconName = keyof typeof PATHS;

/** A small drawing beside a word that says the same; hidden from screen readers. */
export function Icon(props: { name: IconName }) {
  return (
    <svg class="icon" classList={{ turning: props.name === 'CONNECTING' }} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[props.name]} />
    </svg>
  );
}

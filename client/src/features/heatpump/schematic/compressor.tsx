/** The sign of a compressor; it turns while it runs. */
export function Compressor(props: { isRunning: boolean }) {
  return (
    <svg class="compressor" classList={{ running: props.isRunning }} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9" />
      <path d="M5 7l14 2.5M5 17l14-2.5" />
    </svg>
  );
}

import { createSignal, For, Show } from 'solid-js';
import { Icon } from '../../ui/icon.tsx';
import { chartTexts } from './texts.ts';
import { fixed, last, RANGE_HOURS, type TimeRange, widthMs } from './time-range.ts';

/** Chooses a time range: one of the usual ones, or a free one. */
export function RangePicker(props: {
  range: TimeRange | undefined;
  /** Every chart may keep a range of its own. */
  hasOwn?: boolean;
  canGoBack: boolean;
  onChange: (range: TimeRange | undefined) => void;
  onBack: () => void;
}) {
  const { t } = chartTexts.use();
  const [isFree, setIsFree] = createSignal(false);
  const isHours = (hours: number) => props.range?.kind === 'LAST' && props.range.hours === hours;
  const choose = (range: TimeRange | undefined) => {
    setIsFree(false);
    props.onChange(range);
  };
  const shift = (direction: 1 | -1) => {
    const { range } = props;
    if (!range) return;
    const width = widthMs(range);
    const to = (range.kind === 'FIXED' ? range.to : Date.now()) + (direction * width) / 2;
    props.onChange(fixed(to - width, to));
  };
  return (
    <div class="range-picker">
      <fieldset class="range-choices" aria-label={t('range.label')}>
        <Show when={props.hasOwn}>
          <button
            type="button"
            class="quiet"
            aria-pressed={props.range === undefined}
            title={t('range.ownLong')}
            onClick={() => choose(undefined)}
          >
            {t('range.own')}
          </button>
        </Show>
        <For each={RANGE_HOURS}>
          {(hours) => (
            <button
              type="button"
              class="quiet"
              aria-pressed={isHours(hours)}
              title={t(`range.lastLong.h${hours}`)}
              onClick={() => choose(last(hours))}
            >
              {t(`range.last.h${hours}`)}
            </button>
          )}
        </For>
        <button
          type="button"
          class="quiet"
          aria-pressed={props.range?.kind === 'FIXED'}
          aria-expanded={isFree()}
          onClick={() => setIsFree(!isFree())}
        >
          {t('range.free')}
        </button>
      </fieldset>
      <Show when={props.range}>
        <div class="range-choices">
          <button type="button" class="quiet" title={t('range.backward')} onClick={() => shift(-1)}>
            <Icon name="back" />
            <span class="visually-hidden">{t('range.backward')}</span>
          </button>
          <Show when={props.range?.kind === 'FIXED'}>
            <button type="button" class="quiet turned" title={t('range.forward')} onClick={() => shift(1)}>
              <Icon name="back" />
              <span class="visually-hidden">{t('range.forward')}</span>
            </button>
          </Show>
          <Show when={props.canGoBack}>
            <button type="button" class="quiet" onClick={() => props.onBack()}>
              {t('range.back')}
            </button>
          </Show>
        </div>
      </Show>
      <Show when={isFree()}>
        <FreeRange range={props.range} onChange={choose} />
      </Show>
    </div>
  );
}

function FreeRange(props: { range: TimeRange | undefined; onChange: (range: TimeRange) => void }) {
  const { t } = chartTexts.use();
  const [isWrong, setIsWrong] = createSignal(false);
  const ends = () => {
    const { range } = props;
    if (range?.kind === 'FIXED') return range;
    return { from: Date.now() - widthMs(range ?? last(24)), to: Date.now() };
  };
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const time = (name: string) => new Date(String(values.get(name))).getTime();
    const range = fixed(time('from'), time('to'));
    setIsWrong(!range);
    if (range) props.onChange(range);
  };
  return (
    <form class="range-free" onSubmit={submit}>
      <label>
        {t('range.from')}
        <input type="datetime-local" name="from" step="60" required value={localTime(ends().from)} />
      </label>
      <label>
        {t('range.to')}
        <input type="datetime-local" name="to" step="60" required value={localTime(ends().to)} />
      </label>
      <button type="submit">{t('range.show')}</button>
      <p class="field-issue" role="alert">
        {isWrong() ? t('range.wrong') : ''}
      </p>
    </form>
  );
}

/** As a field for local times wants it, to the minute. */
function localTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

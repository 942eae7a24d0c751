import { createUniqueId, ErrorBoundary, type ParentProps } from 'solid-js';
import { dashboardTexts } from './texts.ts';
import { WidgetBody, type WidgetProps } from './widget-body.tsx';

/** A widget with its title; what stands in the corner comes as children. */
export function WidgetCard(props: ParentProps<WidgetProps>) {
  const { t } = dashboardTexts.use();
  const id = createUniqueId();
  return (
    <section class={`card widget widget-${props.widget.type.toLowerCase()}`} aria-labelledby={id}>
      <div class="widget-head">
        <h2 id={id}>{props.widget.title}</h2>
        {props.children}
      </div>
      <div class="widget-body">
        <ErrorBoundary fallback={<p class="muted">{t('app.crashed')}</p>}>
          <WidgetBody {...props} />
        </ErrorBoundary>
      </div>
    </section>
  );
}

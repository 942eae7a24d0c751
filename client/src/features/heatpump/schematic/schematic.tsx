import { createMemo, For, Match, Switch } from 'solid-js';
import { presentOperatingState } from '../../../lib/operating-state.ts';
import { useHeatpump } from '../heatpump-view.tsx';
import { heatpumpTexts } from '../texts.ts';
import { Compressor } from './compressor.tsx';
import { Node, NodeValue } from './node.tsx';
import { type Pipe, pipesOf } from './pipe-plan.ts';
import { Pipes } from './pipes.tsx';
import { type Consumer, consumersOf, flowsOf, rowsOf } from './schematic-plan.ts';
import { Source } from './source.tsx';
import { warmthOf } from './warmth.ts';
import './schematic.css';

/** A circuit of which none is known is not drawn. */
const OF_CIRCUIT = ['FLOW_TEMPERATURE', 'FLOW_TARGET_TEMPERATURE', 'ROOM_TEMPERATURE'] as const;
/** The drawing is made anew only when something in it has changed. */
const UNLESS_SAME = { equals: (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b) };

/** The plant as it is piped: where the heat comes from, what the heat pump makes of it, and where it goes. */
export function Schematic() {
  const { t } = heatpumpTexts.use();
  const { detail, quantity, hasQuantity } = useHeatpump();
  const isThere = (...of: Parameters<typeof hasQuantity>) =>
    hasQuantity(...of) && quantity(...of).shown.kind !== 'MISSING';
  const consumers = createMemo(
    () =>
      consumersOf({
        hasHotWater: isThere('HOT_WATER_TEMPERATURE'),
        hasBuffer: isThere('BUFFER_TEMPERATURE'),
        circuits: detail().capabilities.circuits.filter((circuit) => OF_CIRCUIT.some((of) => isThere(of, circuit))),
      }),
    undefined,
    UNLESS_SAME,
  );
  const flows = createMemo(
    () => {
      const rate = quantity('FLOW_RATE').shown;
      const measured = rate.kind === 'VALUE' && !rate.isStale ? (rate.reading.value ?? undefined) : undefined;
      return flowsOf(presentOperatingState(quantity('OPERATING_STATE').shown), measured, consumers());
    },
    undefined,
    UNLESS_SAME,
  );
  const pipes = createMemo(() => pipesOf(consumers(), flows()));
  const pipeWarmth = ({ of, side }: Pipe) => {
    if (of === null) return undefined;
    if (of === 'BUFFER') return warmthOf(quantity('BUFFER_TEMPERATURE').shown);
    if (of === 'HEAT_PUMP')
      return warmthOf(quantity(side === 'FLOW' ? 'FLOW_TEMPERATURE' : 'RETURN_TEMPERATURE').shown);
    return warmthOf(quantity('FLOW_TEMPERATURE', of.circuit).shown);
  };
  return (
    <section class="card schematic-card" aria-labelledby="schematic-title">
      <h2 id="schematic-title">{t('schematic.title')}</h2>
      <div class="schematic" style={{ '--rows': rowsOf(consumers()) }}>
        <div class="schematic-made">
          <Source isFlowing={flows().source} />
          <Node name={t('schematic.heatPump')} kind="heat-pump" symbol={<Compressor isRunning={flows().source} />}>
            <NodeValue quantity="FLOW_TEMPERATURE" />
            <NodeValue quantity="RETURN_TEMPERATURE" />
            <NodeValue quantity="FLOW_RATE" />
            <NodeValue quantity="COMPRESSOR_FREQUENCY" />
            <NodeValue quantity="ELECTRICAL_POWER" name={t('schematic.electrical')} />
            <NodeValue quantity="THERMAL_POWER" name={t('schematic.thermal')} />
            <NodeValue quantity="PRESSURE" />
          </Node>
        </div>
        <Pipes pipes={pipes()} rows={rowsOf(consumers())} warmthOf={pipeWarmth} />
        <div class="schematic-used">
          <For each={consumers()}>{(consumer) => <ConsumerNode consumer={consumer} />}</For>
        </div>
      </div>
    </section>
  );
}

function ConsumerNode(props: { consumer: Consumer }) {
  const { t, textOr } = heatpumpTexts.use();
  const circuit = () => (props.consumer.kind === 'CIRCUIT' ? props.consumer.circuit : undefined);
  return (
    <div class="schematic-place" style={{ '--row': props.consumer.row }}>
      <Switch>
        <Match when={props.consumer.kind === 'HOT_WATER'}>
          <Node name={t('quantity.HOT_WATER_TEMPERATURE')} kind="hot-water">
            <NodeValue quantity="HOT_WATER_TEMPERATURE" isMain />
            <NodeValue quantity="HOT_WATER_TARGET_TEMPERATURE" name={t('schematic.target')} />
          </Node>
        </Match>
        <Match when={props.consumer.kind === 'BUFFER'}>
          <Node name={t('quantity.BUFFER_TEMPERATURE')} kind="buffer">
            <NodeValue quantity="BUFFER_TEMPERATURE" isMain />
          </Node>
        </Match>
        <Match when={props.consumer.kind === 'HEATING'}>
          <Node name={t('schematic.heating')} kind="circuit">
            <NodeValue quantity="ROOM_TEMPERATURE" />
            <NodeValue quantity="FLOW_TARGET_TEMPERATURE" />
          </Node>
        </Match>
        <Match when={circuit()} keyed>
          {(name) => (
            <Node name={textOr(`circuit.${name}`, t('schematic.circuit', name))} kind="circuit">
              <NodeValue quantity="FLOW_TEMPERATURE" circuit={name} isMain />
              <NodeValue quantity="FLOW_TARGET_TEMPERATURE" circuit={name} name={t('schematic.target')} />
              <NodeValue quantity="ROOM_TEMPERATURE" circuit={name} />
            </Node>
          )}
        </Match>
      </Switch>
    </div>
  );
}

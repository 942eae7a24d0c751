import type { obstacles as en } from './obstacles.en.ts';

/** Why an old value is not written, in German. */
export const obstacles: typeof en = {
  NO_SENSOR: 'Die Wärmepumpe hat sie nicht mehr.',
  NOT_A_SETTING: 'Das ist eine Anforderung, keine Einstellung.',
  NO_VALUE: 'Der frühere Wert ist nicht bekannt.',
  NOT_READ: 'Der jetzige Wert ist nicht bekannt.',
  OTHER_UNIT: 'Sie wurde in einer anderen Einheit gesichert.',
  OUT_OF_RANGE: 'Der frühere Wert ist nicht mehr erlaubt.',
  READ_ONLY: 'Die Wärmepumpe ist auf „Nur lesen“ gestellt.',
  IN_USE: 'Der Wert wird gerade gehalten, oder die Wärmepumpe ist deaktiviert.',
  WORN: 'Sie wurde zuletzt zu oft geschrieben; versuchen Sie es später wieder.',
  UNREACHABLE: 'Die Wärmepumpe war nicht erreichbar. Es wurde nichts geschrieben.',
  STOPPED: 'Nicht geschrieben, weil eine davor gescheitert ist.',
  NOT_LAST: 'Seither wurde sie wieder geschrieben.',
  NOT_SETTLED: 'Noch ist nicht bekannt, was daraus wurde.',
  NOTHING_CHANGED: 'Die Änderung hat nichts bewirkt.',
  CHANGED_SINCE: 'Jemand anders hat sie seither geändert.',
};

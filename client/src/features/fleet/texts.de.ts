import type { en } from './texts.en.ts';

/** The texts of the overview, in German. */
export const de: typeof en = {
  fleet: {
    title: 'Wärmepumpen',
    allWell: (count) => (count === 1 ? 'Die Wärmepumpe ist in Ordnung.' : `Alle ${count} Wärmepumpen sind in Ordnung.`),
    attention: (troubled, count) =>
      troubled === 1 ? `1 von ${count} braucht Aufmerksamkeit.` : `${troubled} von ${count} brauchen Aufmerksamkeit.`,
    disabled: (count) => (count === 1 ? '1 ist deaktiviert.' : `${count} sind deaktiviert.`),
    connecting: (count) => (count === 1 ? '1 verbindet sich.' : `${count} verbinden sich.`),
    unseen: 'Was sie gerade tun, ist nicht bekannt.',
    add: 'Wärmepumpe hinzufügen',
    empty: 'Noch keine Wärmepumpe',
    emptyHelp:
      'Fügen Sie die erste hinzu: Sie brauchen ihre IP-Adresse, und Modbus TCP muss an der Maschine eingeschaltet sein. Dabei wird nur gelesen, nichts geschrieben.',
    fault: (number) => `Meldung ${number} steht an`,
    read: (age) => `Gelesen vor ${age}`,
    neverRead: 'Noch nicht gelesen',
    search: 'Wärmepumpen suchen',
    show: 'Anzeigen',
    sort: 'Reihenfolge',
    found: (count) => (count === 1 ? '1 Wärmepumpe' : `${count} Wärmepumpen`),
    nothingFound: 'Keine Wärmepumpe passt.',
    showAll: 'Alle zeigen',
    alerts: (count) => (count === 1 ? '1 Alarm' : `${count} Alarme`),
    all: 'Alle',
    needsAttention: 'Braucht Aufmerksamkeit',
    order: {
      ADDED: 'Wie hinzugefügt',
      NAME: 'Nach Name',
      ATTENTION: 'Aufmerksamkeit zuerst',
      MANUFACTURER: 'Nach Hersteller',
    },
  },
};

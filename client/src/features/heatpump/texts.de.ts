import type { en } from './texts.en.ts';

/** The texts of the page of a heat pump, in German. */
export const de: typeof en = {
  heatpump: {
    gone: 'Diese Wärmepumpe gibt es nicht',
    goneHelp: 'Vielleicht wurde sie entfernt.',
    toOverview: 'Zur Übersicht',
    since: (time, age) => `seit ${time} (${age})`,
    lastRead: 'Zuletzt gelesen',
    lastError: 'Letzter Fehler',
    incomplete: 'Einige Werte ließen sich nicht lesen',
    incompleteHelp:
      'Bei den Sensoren steht, welche. Vielleicht weicht die gewählte Ausstattung von der vorhandenen ab.',
    nextAttempt: 'Nächster Versuch',
    address: 'Adresse',
    unit: (unitId) => `Gerätenummer ${unitId}`,
    firmware: 'Firmware',
    interval: 'Abfrageintervall',
    pace: 'Lesetempo',
    paceLimit: (rate, time) => `höchstens ${rate} Anfragen je Sekunde, seit ${time}`,
    lastPoll: 'Letzte Abfrage',
    poll: (ms, requests, registers) => `${ms} ms, ${requests} Anfragen für ${registers} Register`,
    connection: 'Verbindung',
    sections: 'Bereiche',
    readOnly: 'Nur lesen',
    values: 'Wichtige Werte',
    enable: 'Aktivieren',
    disable: 'Deaktivieren',
    remove: 'Entfernen',
    removeTitle: (name) => `„${name}“ entfernen?`,
    removeHelp:
      'Ihre Einrichtung wird gelöscht. Das lässt sich nicht rückgängig machen. An der Maschine selbst ändert sich nichts.',
    removeConfirm: 'Endgültig entfernen',
  },
  pace: {
    FREE: 'so schnell, wie der Treiber erlaubt',
    SLOW: 'langsamer, denn die Antworten dauerten viel länger als üblich',
    BUSY: 'langsamer, denn sie meldete sich als überlastet',
    LOST: 'schonend, denn sie brach während des Lesens weg',
  },
  section: {
    overview: 'Überblick',
    sensors: 'Sensoren',
    dashboards: 'Dashboards',
    history: 'Verlauf',
    settingsHistory: 'Änderungen',
    jobs: 'Aufträge',
    alerts: 'Alarme',
    settings: 'Einrichtung',
  },
  schematic: {
    title: 'Schema',
    heatPump: 'Wärmepumpe',
    source: 'Wärmequelle',
    in: 'Ein',
    out: 'Aus',
    heating: 'Heizung',
    circuit: (name) => `Heizkreis ${name}`,
    target: 'Soll',
    electrical: 'Strom',
    thermal: 'Wärme',
  },
  /** Circuits that a manufacturer names by a word. */
  circuit: {
    main: 'Hauptzone',
    additional: 'Zusatzzone',
  },
};

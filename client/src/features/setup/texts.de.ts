import type { en } from './texts.en.ts';

/** The texts of setting up, in German. */
export const de: typeof en = {
  setup: {
    addTitle: 'Wärmepumpe hinzufügen',
    machine: 'Maschine',
    name: 'Name',
    nameHelp: 'Wie Sie sie nennen, zum Beispiel nach dem Gebäude.',
    manufacturer: 'Hersteller',
    model: 'Modell',
    connection: 'Verbindung',
    host: 'Hostname oder IP-Adresse',
    hostHelp: 'Wie Ihr Router sie anzeigt, zum Beispiel 192.168.1.30.',
    port: 'Port',
    unitId: 'Gerätenummer',
    timeout: 'Zeitlimit in ms',
    equipment: 'Ausstattung',
    auto: 'Automatisch: wie die Wärmepumpe selbst sagt',
    behaviour: 'Lesen und Schreiben',
    interval: 'Abfrageintervall in ms',
    intervalHelp: 'Zeit zwischen zwei Abfragen. Leer: die Vorgabe des Servers.',
    readOnly: 'Nur lesen',
    readOnlyHelp: 'Kein Wert dieser Wärmepumpe kann von hier geändert werden.',
    instructions: 'An der Maschine',
    test: 'Verbindung testen',
    testing: 'Wird getestet …',
    testHelp: 'Der Test liest nur.',
    testOk: (ms) => `Antwort nach ${ms} ms`,
    add: 'Hinzufügen',
    save: 'Speichern',
    saving: 'Wird gespeichert …',
    refused: 'Nicht gespeichert. Bitte prüfen Sie die markierten Felder.',
  },
  test: {
    OK: 'Die Wärmepumpe antwortet. Vergleichen Sie die Werte mit ihrer Anzeige.',
    NO_VALUES_YET:
      'Die Wärmepumpe antwortet, sagt aber, dass keiner dieser Werte verfügbar ist. Nach einem Neustart dauert das einige Minuten: warten Sie, und testen Sie noch einmal.',
    DNS_FAILED:
      'Der Hostname ist nicht bekannt. Prüfen Sie die Schreibweise, oder nehmen Sie die IP-Adresse aus Ihrem Router.',
    REFUSED:
      'Der Host lehnt Verbindungen an diesem Port ab. Schalten Sie Modbus TCP an der Wärmepumpe ein und prüfen Sie den Port.',
    TIMEOUT:
      'Der Host ist nicht erreichbar. Prüfen Sie Adresse und Netzwerkkabel und ob die Wärmepumpe eingeschaltet ist.',
    NO_ANSWER:
      'Der Host nimmt die Verbindung an, antwortet aber nicht. Prüfen Sie die Gerätenummer, und schließen Sie andere Modbus-Clients.',
    WRONG_UNIT:
      'Unter dieser Adresse antwortet etwas, aber nicht unter dieser Gerätenummer. Versuchen Sie die übliche des Modells.',
    WRONG_MODEL: 'Das Gerät antwortet, aber nicht wie dieses Modell. Prüfen Sie Hersteller und Modell.',
    WRONG_VERSION:
      'Sie antwortet, aber ihre Software ist nicht die, die dieses Modell beschreibt. Prüfen Sie das Modell, oder aktualisieren Sie die Maschine.',
    NOT_ALLOWED:
      'Die Adresse liegt außerhalb der Netze, zu denen verbunden werden darf. Siehe die Einstellung MODBUS_ALLOW.',
    PROTOCOL_ERROR: 'Die Antwort ist kein Modbus TCP, wie dieses Modell es spricht. Prüfen Sie Adresse und Port.',
  },
  issue: {
    name: 'muss 1 bis 100 Zeichen haben, ohne Zeilenumbruch',
    'connection.host': 'muss ein Hostname oder eine IP-Adresse sein',
    'connection.port': 'muss eine ganze Zahl von 1 bis 65535 sein',
    'connection.unitId': 'muss eine ganze Zahl von 0 bis 255 sein',
    'connection.timeoutMs': 'muss eine ganze Zahl von 100 bis 60000 sein',
    pollIntervalMs: 'muss eine ganze Zahl von 100 bis 3600000 sein',
    connection: 'Eine Wärmepumpe mit diesem Host, Port und dieser Gerätenummer gibt es schon.',
  },
};

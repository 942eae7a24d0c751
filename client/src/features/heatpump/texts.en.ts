/** The texts of the page of a heat pump, in English. */
export const en = {
  heatpump: {
    since: (time: string, age: string) => `since ${time} (${age})`,
    lastRead: 'Last read',
    lastError: 'Last error',
    incomplete: 'Some values could not be read',
    incompleteHelp:
      'They say so among the sensors. The equipment chosen in the settings may differ from what is installed.',
    nextAttempt: 'Next attempt',
    address: 'Address',
    unit: (unitId: number) => `unit ${unitId}`,
    firmware: 'Firmware',
    interval: 'Poll interval',
    lastPoll: 'Last poll',
    poll: (ms: string, requests: number, registers: number) =>
      `${ms} ms, ${requests} requests for ${registers} registers`,
    connection: 'Connection',
    sections: 'Sections',
    readOnly: 'Read-only',
    values: 'Key values',
    enable: 'Enable',
    disable: 'Disable',
    settings: 'Settings',
    remove: 'Remove',
    removeTitle: (name: string) => `Remove “${name}”?`,
    removeHelp: 'Its settings are deleted. This cannot be undone. The machine itself is not changed.',
    removeConfirm: 'Remove for good',
  },
  section: {
    overview: 'Overview',
    sensors: 'Sensors',
    history: 'History',
    jobs: 'Jobs',
    alerts: 'Alerts',
  },
  schematic: {
    title: 'Schematic',
    heatPump: 'Heat pump',
    source: 'Source',
    in: 'In',
    out: 'Out',
    heating: 'Heating',
    circuit: (name: string) => `Circuit ${name}`,
    target: 'Target',
    electrical: 'Electrical',
    thermal: 'Thermal',
  },
  /** Circuits that a manufacturer names by a word. */
  circuit: {
    main: 'Main zone',
    additional: 'Additional zone',
  },
};

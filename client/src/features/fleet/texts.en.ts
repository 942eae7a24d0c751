/** The texts of the overview, in English. */
export const en = {
  fleet: {
    title: 'Heat pumps',
    allWell: (count: number) =>
      count === 1 ? 'The heat pump is all right.' : `All ${count} heat pumps are all right.`,
    attention: (troubled: number, count: number) =>
      troubled === 1 ? `1 of ${count} needs attention.` : `${troubled} of ${count} need attention.`,
    disabled: (count: number) => (count === 1 ? '1 is disabled.' : `${count} are disabled.`),
    connecting: (count: number) => (count === 1 ? '1 is connecting.' : `${count} are connecting.`),
    unseen: 'What they are doing now is not known.',
    add: 'Add a heat pump',
    empty: 'No heat pump yet',
    emptyHelp:
      'Add the first one: you need its IP address, and Modbus TCP switched on at the machine. Adding only reads; nothing is written.',
    fault: (number: string) => `Reports message ${number}`,
    read: (age: string) => `Read ${age} ago`,
    neverRead: 'Not read yet',
    search: 'Search heat pumps',
    show: 'Show',
    sort: 'Order',
    found: (count: number) => (count === 1 ? '1 heat pump' : `${count} heat pumps`),
    nothingFound: 'No heat pump matches.',
    showAll: 'Show all',
    alerts: (count: number) => (count === 1 ? '1 alert' : `${count} alerts`),
    all: 'All',
    needsAttention: 'Needs attention',
    order: {
      ADDED: 'As added',
      NAME: 'By name',
      ATTENTION: 'Attention first',
      MANUFACTURER: 'By manufacturer',
    },
  },
};

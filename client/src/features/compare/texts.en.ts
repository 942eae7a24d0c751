/** The texts of the comparison, in English. */
export const en = {
  compare: {
    title: 'Comparison',
    heatpumps: 'Heat pumps',
    quantities: 'Values',
    help: 'Choose two to eight heat pumps, of any maker.',
    few: 'Add a second heat pump: there is nothing to compare one with.',
    most: (count: number) => `At most ${count} at once.`,
    missing: (names: string) => `Not measured by ${names}.`,
    values: 'Now and over this time',
    shared: 'The address of this page is the comparison: send it to share it.',
  },
};

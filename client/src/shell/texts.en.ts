/** What is shown on demand on any page, and where there is none, in English. */
export const en = {
  keys: {
    title: 'Keys',
    search: 'Search heat pumps or sensors',
    control: 'Ctrl',
    walk: 'From value to value in a chart',
    goTo: 'Go to a page or heat pump',
    nowhere: 'There is no such place.',
    help: 'Show this list',
    escape: 'Clear the search, close a window',
  },
  notFound: {
    toOverview: 'Go to the overview',
    title: 'There is no such page',
    help: 'The address may be misspelt, or what it showed is gone.',
  },
};

import type { en } from './texts.en.ts';

/** What is shown on demand on any page, and where there is none, in German. */
export const de: typeof en = {
  keys: {
    title: 'Tasten',
    search: 'Wärmepumpen oder Sensoren suchen',
    control: 'Strg',
    walk: 'Im Diagramm von Wert zu Wert',
    goTo: 'Zu einer Seite oder Wärmepumpe',
    nowhere: 'Einen solchen Ort gibt es nicht.',
    help: 'Diese Liste zeigen',
    escape: 'Suche leeren, Fenster schließen',
  },
  notFound: {
    toOverview: 'Zur Übersicht',
    title: 'Diese Seite gibt es nicht',
    help: 'Die Adresse ist vielleicht falsch geschrieben, oder das Gezeigte gibt es nicht mehr.',
  },
};

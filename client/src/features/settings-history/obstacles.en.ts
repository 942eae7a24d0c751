/** Why an old value is not written, in English. */
export const obstacles = {
  NO_SENSOR: 'The heat pump does not have it any more.',
  NOT_A_SETTING: 'It is a demand, not a setting.',
  NO_VALUE: 'The old value is not known.',
  NOT_READ: 'The present value is not known.',
  OTHER_UNIT: 'It was kept in another unit.',
  OUT_OF_RANGE: 'The old value may not be written any more.',
  READ_ONLY: 'The heat pump is set to read-only.',
  IN_USE: 'It is held by somebody, or the heat pump is disabled.',
  WORN: 'It was written too often lately; try again later.',
  UNREACHABLE: 'The heat pump could not be reached. Nothing was written.',
  STOPPED: 'It was not written, for one before it failed.',
  NOT_LAST: 'It was written again since.',
  NOT_SETTLED: 'What became of the write is not known yet.',
  NOTHING_CHANGED: 'The write has changed nothing.',
  CHANGED_SINCE: 'Somebody else has changed it since.',
};

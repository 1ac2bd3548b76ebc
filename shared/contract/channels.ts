/** The two channels between a window and the program; the preload knows nothing else. */
export const CALL_CHANNEL = 'keepwatch:call';
export const HINT_CHANNEL = 'keepwatch:hint';

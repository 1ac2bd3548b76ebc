/** Only for the names of keys. */
export const IS_MAC = navigator.userAgent.includes('Mac');

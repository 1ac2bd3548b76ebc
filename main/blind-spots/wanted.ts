/** Records that a detection wants to see, and the hosts that can have them. */
export type WantedReading = {
  /** In lower case. */
  readonly channel: string;
  /** As the detection names it. */
  readonly channelShown: string;
  readonly eventIds: readonly number[];
  /** Only a domain controller writes them. */
  readonly controllersOnly: boolean;
  /** Only hosts with a certain role have such a log. */
  readonly isOfRole: boolean;
};

/** Any one of the readings suffices. */
export type Wanted = { readonly readings: readonly WantedReading[]; readonly controllersOnly: boolean };

type Reading = { readonly channel: string; readonly eventIds: readonly number[]; readonly needs: string; readonly optional?: true };

const ROLE_LOGS = /^(?:dns server|microsoft-windows-dnsserver\/audit|directory service|openssh\/operational|ad fs\/admin|.*\/debug)$/;
const OF_CONTROLLER = /\b(?:log of a domain controller|^a domain controller)\b/i;

/** `reads` of a detection: what is optional alone never makes it fire, unless all is. */
export function wantedOf(reads: readonly Reading[]): Wanted {
  const needed = reads.filter((reading) => reading.optional !== true);
  const readings = (needed.length > 0 ? needed : reads).map(({ channel, eventIds, needs }): WantedReading => {
    const key = channel.toLowerCase();
    return { channel: key, channelShown: channel, eventIds, controllersOnly: OF_CONTROLLER.test(needs), isOfRole: ROLE_LOGS.test(key) };
  });
  return { readings, controllersOnly: readings.every((reading) => reading.controllersOnly) };
}

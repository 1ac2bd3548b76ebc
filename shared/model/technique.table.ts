/**
 * Names of the ATT&CK tactics and techniques (Enterprise, version 18) that this product names; facts only, the descriptions stay with MITRE.
 * Tactics stand in the order of the matrix.
 */
export const TACTICS: readonly { readonly id: string; readonly name: string }[] = [
  { id: 'TA0043', name: 'Reconnaissance' },
  { id: 'TA0042', name: 'Resource Development' },
  { id: 'TA0001', name: 'Initial Access' },
  { id: 'TA0002', name: 'Execution' },
  { id: 'TA0003', name: 'Persistence' },
  { id: 'TA0004', name: 'Privilege Escalation' },
  { id: 'TA0005', name: 'Defense Evasion' },
  { id: 'TA0006', name: 'Credential Access' },
  { id: 'TA0007', name: 'Discovery' },
  { id: 'TA0008', name: 'Lateral Movement' },
  { id: 'TA0009', name: 'Collection' },
  { id: 'TA0011', name: 'Command and Control' },
  { id: 'TA0010', name: 'Exfiltration' },
  { id: 'TA0040', name: 'Impact' },
];

export const TECHNIQUES: Readonly<Record<string, string>> = {
  T1003: 'OS Credential Dumping',
  'T1003.006': 'OS Credential Dumping: DCSync',
  T1021: 'Remote Services',
  'T1021.002': 'Remote Services: SMB/Windows Admin Shares',
  'T1053.005': 'Scheduled Task/Job: Scheduled Task',
  T1059: 'Command and Scripting Interpreter',
  T1070: 'Indicator Removal',
  'T1070.001': 'Indicator Removal: Clear Windows Event Logs',
  T1087: 'Account Discovery',
  'T1087.002': 'Account Discovery: Domain Account',
  T1098: 'Account Manipulation',
  'T1098.007': 'Account Manipulation: Additional Local or Domain Groups',
  T1110: 'Brute Force',
  'T1110.001': 'Brute Force: Password Guessing',
  'T1110.003': 'Brute Force: Password Spraying',
  T1484: 'Domain or Tenant Policy Modification',
  T1543: 'Create or Modify System Process',
  'T1543.003': 'Create or Modify System Process: Windows Service',
  T1550: 'Use Alternate Authentication Material',
  'T1550.002': 'Use Alternate Authentication Material: Pass the Hash',
  T1558: 'Steal or Forge Kerberos Tickets',
  'T1558.003': 'Steal or Forge Kerberos Tickets: Kerberoasting',
  'T1558.004': 'Steal or Forge Kerberos Tickets: AS-REP Roasting',
  T1569: 'System Services',
  'T1569.002': 'System Services: Service Execution',
};

/** Known tactics among `names`, each once, in the order of the matrix. */
export function tacticsInOrder(names: readonly string[]): string[] {
  return TACTICS.map((tactic) => tactic.name).filter((name) => names.includes(name));
}

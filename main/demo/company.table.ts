/** A made-up company. Names, addresses and numbers belong to nobody; `.example` can never be a real domain (RFC 2606). */

export const DOMAIN = {
  fqdn: 'tarnwick.example',
  realm: 'TARNWICK.EXAMPLE',
  netbios: 'TARNWICK',
  sid: 'S-1-5-21-2873105546-1389720417-3310662958',
  distinguishedName: 'DC=tarnwick,DC=example',
} as const;

/** Login, display name, department. Person n sits at workstation n. */
export const PEOPLE: readonly (readonly [login: string, name: string, department: string])[] = [
  ['a.brandt', 'Anneke Brandt', 'Management'],
  ['c.okafor', 'Chidi Okafor', 'Management'],
  ['r.delacroix', 'Rosalie Delacroix', 'Management'],
  ['p.vance', 'Peter Vance', 'Sales'],
  ['l.nystrom', 'Lena Nystrom', 'Sales'],
  ['d.whitlock', 'Dorian Whitlock', 'Sales'],
  ['t.osei', 'Thomas Osei', 'IT'],
  ['y.castellan', 'Yara Castellan', 'Sales'],
  ['b.fenwick', 'Beatrix Fenwick', 'Sales'],
  ['h.moreau', 'Henri Moreau', 'Sales'],
  ['s.lindqvist', 'Sanna Lindqvist', 'Purchasing'],
  ['g.petrov', 'Georgi Petrov', 'Purchasing'],
  ['i.calloway', 'Imogen Calloway', 'Purchasing'],
  ['m.halloran', 'Marta Halloran', 'Finance'],
  ['e.sandoval', 'Emilio Sandoval', 'Finance'],
  ['k.abernathy', 'Kirsty Abernathy', 'Finance'],
  ['n.harrow', 'Nadia Harrow', 'Finance'],
  ['j.ferro', 'Jonas Ferro', 'Engineering'],
  ['f.dubois', 'Florian Dubois', 'Engineering'],
  ['w.tanaka', 'Wataru Tanaka', 'Engineering'],
  ['o.marsh', 'Olive Marsh', 'Engineering'],
  ['v.kowal', 'Viktor Kowal', 'Engineering'],
  ['z.haddad', 'Zeina Haddad', 'Engineering'],
  ['a.thorne', 'Ambrose Thorne', 'Engineering'],
  ['c.villar', 'Carmen Villar', 'Engineering'],
  ['u.becker', 'Ulrike Becker', 'Production'],
  ['r.quayle', 'Rufus Quayle', 'Production'],
  ['m.iwata', 'Mio Iwata', 'Production'],
  ['p.lorne', 'Petra Lorne', 'Production'],
  ['d.amadi', 'Desmond Amadi', 'Production'],
  ['s.graves', 'Silas Graves', 'Logistics'],
  ['l.pereira', 'Luisa Pereira', 'Logistics'],
  ['t.eklund', 'Tove Eklund', 'Logistics'],
  ['g.ruiz', 'Gabriel Ruiz', 'IT'],
  ['h.stroud', 'Hester Stroud', 'Personnel'],
];

/** Without a workstation of their own: shift workers at shared terminals. */
export const SHIFT_PEOPLE: readonly (readonly [login: string, name: string, department: string])[] = [
  ['b.orlov', 'Boris Orlov', 'Production'],
  ['n.whelan', 'Niamh Whelan', 'Production'],
  ['j.baptiste', 'Jean Baptiste Roy', 'Logistics'],
  ['q.farrow', 'Quinn Farrow', 'Logistics'],
];

export const ADMINISTRATORS: readonly (readonly [login: string, name: string, department: string])[] = [
  ['adm.ruiz', 'Gabriel Ruiz (administrator)', 'IT'],
  ['adm.osei', 'Thomas Osei (administrator)', 'IT'],
];

/** Accounts that services run under; the principal name is what tickets are asked for. */
export const SERVICE_ACCOUNTS: readonly (readonly [login: string, name: string, principal: string])[] = [
  ['svc-sql', 'SQL Server on SQL01', 'MSSQLSvc/sql01.tarnwick.example:1433'],
  ['svc-erp', 'Order system on APP01', 'HTTP/erp.tarnwick.example'],
  ['svc-backup', 'Backup on BACKUP01', 'backup/backup01.tarnwick.example'],
  ['svc-monitor', 'Monitoring on MON01', 'monitor/mon01.tarnwick.example'],
  ['svc-scan', 'Scanners to file shares', 'scan/print01.tarnwick.example'],
  ['svc-web', 'Intranet', 'HTTP/intranet.tarnwick.example'],
  // Nobody uses it; it is there to be touched.
  ['svc-archive', 'Archive (decoy)', 'MSSQLSvc/archive.tarnwick.example:1433'],
];
export const HONEYTOKEN = 'svc-archive';
/** Does not require preauthentication: left from a production terminal that could not do it. */
export const WITHOUT_PREAUTHENTICATION = 'kiosk';

export const SERVERS: readonly (readonly [name: string, address: string])[] = [
  ['DC01', '10.20.0.10'],
  ['DC02', '10.20.0.11'],
  ['FILE01', '10.20.0.20'],
  ['PRINT01', '10.20.0.21'],
  ['APP01', '10.20.0.22'],
  ['SQL01', '10.20.0.23'],
  ['CA01', '10.20.0.24'],
  ['MON01', '10.20.0.25'],
  ['BACKUP01', '10.20.0.26'],
];

export const DEPARTMENT_SHARES: Readonly<Record<string, readonly string[]>> = {
  Management: ['Management', 'Company'],
  Sales: ['Sales', 'Company'],
  Purchasing: ['Purchasing', 'Company'],
  Finance: ['Finance', 'Company'],
  Engineering: ['Engineering', 'Drawings'],
  Production: ['Drawings', 'Company'],
  Logistics: ['Logistics', 'Company'],
  Personnel: ['Personnel', 'Company'],
  IT: ['Company', 'Software'],
};

export const DOCUMENTS = [
  'Offers\\2026\\Offer-41877.docx',
  'Prices\\Pricelist-autumn.xlsx',
  'Minutes\\2026-10-29 weekly.docx',
  'Orders\\PO-88213.pdf',
  'Drawings\\TW-4410-rev-C.pdf',
  'Planning\\Shift plan week 45.xlsx',
  'Invoices\\2026-10\\INV-20611.pdf',
  'Forms\\Travel expenses.xlsx',
  'Projects\\Lathe refit\\Schedule.xlsx',
  'Templates\\Letter.dotx',
  'Delivery\\Notes 2026-11.xlsx',
  'Quality\\Audit checklist.docx',
] as const;

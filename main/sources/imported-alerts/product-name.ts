/** Names of one product in the exports that carry its alerts: Microsoft Graph's `serviceSource`, advanced hunting's `ServiceSource`, Sentinel's `ProductName`, CEF. */
const PRODUCTS: readonly (readonly [name: string, spellings: readonly string[]])[] = [
  ['Microsoft Defender for Identity', ['microsoftdefenderforidentity', 'azureadvancedthreatprotection', 'azureatp', 'mdi']],
  ['Microsoft Advanced Threat Analytics', ['ata', 'advancedthreatanalytics', 'microsoftadvancedthreatanalytics']],
  ['Microsoft Defender for Endpoint', ['microsoftdefenderforendpoint', 'microsoftdefenderadvancedthreatprotection', 'mdatp']],
  ['Microsoft Defender for Cloud Apps', ['microsoftdefenderforcloudapps', 'microsoftcloudappsecurity', 'mcas']],
  ['Microsoft Defender for Office 365', ['microsoftdefenderforoffice365', 'officeatp', 'oatp']],
  ['Microsoft Defender for Cloud', ['microsoftdefenderforcloud', 'azuresecuritycenter']],
  ['Microsoft Defender XDR', ['microsoft365defender', 'microsoftdefenderxdr', 'microsoftthreatprotection', 'mtp']],
  [
    'Microsoft Entra ID Protection',
    ['azureadidentityprotection', 'microsoftentraidprotection', 'azureactivedirectoryidentityprotection', 'aadidentityprotection', 'ipc'],
  ],
  ['Microsoft Sentinel', ['microsoftsentinel', 'azuresentinel', 'asi']],
];
const MOST_CHARACTERS = 80;

/** The product under its one name; one that is not known under what the export calls it, 'another product' where that is nothing. */
export function productName(exported: string): string {
  const plain = exported.toLowerCase().replace(/[^a-z0-9]/g, '');
  const known = PRODUCTS.find(([, spellings]) => spellings.includes(plain));
  return known?.[0] ?? (exported.replace(/\s+/g, ' ').trim().slice(0, MOST_CHARACTERS) || 'another product');
}

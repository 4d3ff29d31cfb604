import ipaddr from 'ipaddr.js'

/** What of an address tells callers apart: all of IPv4, and the /64 of IPv6, within which one caller has all addresses. */
export function callerNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}

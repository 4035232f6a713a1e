/** The license texts of everything that was bundled, as their licenses ask. */
export function thirdPartyNotices(parts) {
  const notices = parts.map(
    ({ name, version, notice }) =>
      `${[name, version].filter(Boolean).join(' ')}\n${'-'.repeat(72)}\n${notice}\n`,
  );
  return `Widthwise contains these packages.\n\n${notices.join('\n')}`;
}

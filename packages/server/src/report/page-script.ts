/** What a report page does by itself: copy the command, save a figure with its colors as they are now. */
export const PAGE_SCRIPT: string = `
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = 'Copied';
  });
}
for (const button of document.querySelectorAll('[data-save]')) {
  button.addEventListener('click', () => {
    const figure = button.closest('figure');
    const svg = figure.querySelector('svg').cloneNode(true);
    const page = getComputedStyle(document.documentElement);
    const colors = ['--ink', '--soft', '--line', '--faint'].map((name) => name + ':' + page.getPropertyValue(name));
    const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
    style.textContent = 'svg{background:' + page.getPropertyValue('--paper') + ';' + colors.join(';') + '}'
      + document.getElementById('figure-style').textContent;
    svg.prepend(style);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([svg.outerHTML], { type: 'image/svg+xml' }));
    link.download = figure.id + '.svg';
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
`;

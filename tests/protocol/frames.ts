/** A message as it goes over the wire. */
export function framed(message: object): string {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Takes bytes as they come, and tells each message that is whole. */
export function frameReader<Message>(tell: (message: Message) => void): (chunk: Buffer) => void {
  let buffer: Buffer = Buffer.alloc(0);
  return (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const [header = '', length = ''] =
        /^Content-Length: (\d+)\r\n\r\n/.exec(buffer.toString('latin1', 0, 64)) ?? [];
      const end = header.length + Number(length);
      if (header === '' || buffer.length < end) return;
      tell(JSON.parse(buffer.toString('utf8', header.length, end)));
      buffer = buffer.subarray(end);
    }
  };
}

# SPDX-License-Identifier: MIT
"""client.py HOST PORT PATH...: fetches the paths at the same time, over cleartext."""
import asyncio
import sys

import nghttp2


async def main():
    async with nghttp2.HTTP2Client((sys.argv[1], int(sys.argv[2]))) as client:
        for response in await asyncio.gather(*(client.request("GET", path)
                                               for path in sys.argv[3:])):
            print(response.status, response.path.decode(), len(response.body), "bytes")


asyncio.run(main())

// iiif-processor behind node's own HTTP server, as its documentation shows it: a stream for each image, and the sizes of
// its levels from a table, so that it need not look for them
import cluster from "node:cluster";
import { createReadStream, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Processor } from "iiif-processor";

const { PORT, IMAGES, PROCESSES } = process.env;

if (cluster.isPrimary) {
  for (let started = 0; started < Number(PROCESSES); started += 1) cluster.fork();
} else {
  const streamResolver = async ({ id }) => createReadStream(`${IMAGES}/${id}.tif`);
  const sizes = JSON.parse(readFileSync(`${IMAGES}/sizes.json`, "utf8"));
  const dimensionFunction = async ({ id }) => sizes[id];
  createServer(async (request, response) => {
    try {
      const processor = new Processor(`http://127.0.0.1:${PORT}${request.url}`, streamResolver, {
        dimensionFunction,
        pathPrefix: "/iiif/image/{{version}}/",
      });
      const { statusCode = 200, contentType, body } = await processor.execute();
      const bytes = Buffer.from(body ?? "");
      response.writeHead(statusCode, { "Content-Type": contentType, "Content-Length": bytes.length });
      response.end(bytes);
    } catch (error) {
      response.writeHead(error.statusCode ?? 500);
      response.end(String(error));
    }
  }).listen(Number(PORT), "127.0.0.1");
}

/** The description of the API, as Swagger UI shows it: `<div data-openapi="address of openapi.json">`. */
import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";
import { meta } from "./texts.ts";

const place = document.querySelector<HTMLElement>("[data-openapi]");

if (place) {
  SwaggerUIBundle({
    domNode: place,
    url: place.dataset["openapi"],
    deepLinking: true,
    validatorUrl: null, // the only other host that it would ask
    requestInterceptor: (request: { headers: Record<string, string> }) => {
      request.headers["X-CSRF-Token"] = meta("csrf-token") ?? "";
      return request;
    },
  });
}

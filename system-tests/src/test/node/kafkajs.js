'use strict';

const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

/** The client of KafkaJS as it is; its methods are called by their own names. */
function kafkajs({ url, headers = {} }) {
  const withHeaders = () => ({ prepareRequest: next => next().then(request => request.enhance({ headers })) });
  return new SchemaRegistry({ host: url, clientId: 'system-tests', middlewares: [withHeaders], retry: { retries: 0 } });
}

module.exports = { kafkajs };

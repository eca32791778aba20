'use strict';

const { Kafka, logLevel } = require('kafkajs');

/** What can be done with the topics of a broker, at one message a time. */
class Topics {
  constructor(broker) {
    this.kafka = new Kafka({ clientId: 'system-tests', brokers: [broker], logLevel: logLevel.ERROR });
  }

  async send(topic, value) {
    const producer = this.kafka.producer();
    await producer.connect();
    try {
      await producer.send({ topic, messages: [{ value }] });
    } finally {
      await producer.disconnect();
    }
  }

  /** The value of the topic's first message, waiting until there is one. */
  async receive(topic) {
    const consumer = this.kafka.consumer({ groupId: `group-of-${topic}` });
    await consumer.connect();
    try {
      await consumer.subscribe({ topic, fromBeginning: true });
      return await new Promise((resolve, reject) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
        consumer.run({ eachMessage: async ({ message }) => resolve(message.value) }).catch(reject);
      });
    } finally {
      await consumer.disconnect();
    }
  }
}

function topics({ broker }) {
  return new Topics(broker);
}

module.exports = { topics };

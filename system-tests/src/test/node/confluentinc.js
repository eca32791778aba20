'use strict';

const { createFileRegistry, create, fromJson } = require('@bufbuild/protobuf');
const { FileDescriptorSetSchema } = require('@bufbuild/protobuf/wkt');
const {
  AvroDeserializer,
  AvroSerializer,
  CelExecutor,
  HeaderSchemaIdSerializer,
  JsonDeserializer,
  JsonSerializer,
  JsonataExecutor,
  ProtobufDeserializer,
  ProtobufSerializer,
  SchemaRegistryClient,
  SerdeType,
  VALUE_SCHEMA_ID_HEADER,
} = require('@confluentinc/schemaregistry');

// For the rules that come with schemas.
CelExecutor.register();
JsonataExecutor.register();

const SERIALIZERS = { AVRO: AvroSerializer, JSON: JsonSerializer, PROTOBUF: ProtobufSerializer };
const DESERIALIZERS = { AVRO: AvroDeserializer, JSON: JsonDeserializer, PROTOBUF: ProtobufDeserializer };

/** Confluent's client, called by its own methods' names, and what its serializers make of the values of a topic's messages. */
class Confluentinc extends SchemaRegistryClient {
  async serialize(type, topic, message, configuration) {
    const serializer = new SERIALIZERS[type](this, SerdeType.VALUE, configuration);
    return await serializer.serialize(topic, message);
  }

  async deserialize(type, topic, bytes, configuration) {
    const deserializer = new DESERIALIZERS[type](this, SerdeType.VALUE, configuration);
    return await deserializer.deserialize(topic, bytes);
  }

  /** With the schema's guid in a header, and nothing before the payload. */
  async serializeUnderHeader(type, topic, message, configuration) {
    const serializer = new SERIALIZERS[type](this, SerdeType.VALUE, { ...configuration, schemaIdSerializer: HeaderSchemaIdSerializer });
    const headers = {};
    const payload = await serializer.serialize(topic, message, headers);
    return { payload, header: headers[VALUE_SCHEMA_ID_HEADER] };
  }

  async deserializeUnderHeader(type, topic, { payload, header }) {
    const deserializer = new DESERIALIZERS[type](this, SerdeType.VALUE, {});
    return await deserializer.deserialize(topic, payload, { [VALUE_SCHEMA_ID_HEADER]: header });
  }

  /** As a program does it that was generated from these files (a FileDescriptorSet): it knows the type of its message. */
  async serializeGenerated(topic, files, typeName, message, configuration) {
    const registry = createFileRegistry(fromJson(FileDescriptorSetSchema, files));
    const generated = create(registry.getMessage(typeName), message);
    return await this.serialize('PROTOBUF', topic, generated, { ...configuration, registry });
  }

  /** Without its type, which the schema in the registry knows. */
  async deserializeGenerated(topic, bytes) {
    const { $typeName, $unknown, ...message } = await this.deserialize('PROTOBUF', topic, bytes, {});
    return { typeName: $typeName, message };
  }
}

function confluentinc({ url, headers = {} }) {
  return new Confluentinc({ baseURLs: [url], createAxiosDefaults: { headers }, maxRetries: 0 });
}

module.exports = { confluentinc };

# frozen_string_literal: true

# Holds the reader to a pack of vectors: ruby vectors.rb PACK

require "base64"
require_relative "reader"

def leaves(value, path = "")
  inner = value.is_a?(Hash) ? value.to_a : value.is_a?(Array) ? value.each_with_index.map { |one, at| [at, one] } : []
  return { path => leaf(value) } if inner.empty?

  inner.reduce({}) do |found, (name, one)|
    found.merge(leaves(one, "#{path}/#{name.to_s.gsub('~', '~0').gsub('/', '~1')}"))
  end
end

def leaf(value)
  return ["text", value] if value.is_a?(String)
  return ["number", value.to_s] if value.is_a?(Numeric)

  [value.is_a?(Enumerable) ? "empty" : "word", JSON.generate(value)]
end

# Digits are compared as texts, other numbers as doubles.
def normal(outcome)
  values = outcome["values"].to_h.transform_values do |kind, text|
    kind == "number" && !text.match?(/\A-?[0-9]+\z/) ? Float(text) : [kind, text]
  end
  outcome.merge("values" => values)
end

def outcome(reader, one)
  event = reader.receive(one["method"], one["url"], one["headers"], Base64.strict_decode64(one["body"]))
  { "accepted" => true, "callback" => event.callback, "dedupe_key" => event.dedupe_key,
    "values" => leaves(event.payload) }
rescue Rejected => e
  { "accepted" => false, "kind" => e.kind, "reason" => e.reason }
end

read = ->(name) { JSON.parse(File.read(File.join(ARGV[0], name), encoding: "UTF-8")) }
index = read.call("index.json")
rules = read.call(index["rules"])
count = wrong = 0
index["areas"].each do |listed|
  file = read.call(listed["file"])
  file["vectors"].each do |one|
    reader = Reader.new(rules, [file["area"]], file["secrets"],
                        accept_unsigned: one["accept_unsigned"], now: -> { index["moment"] })
    got = normal(outcome(reader, one))
    count += 1
    next if got == normal(one["expect"])

    wrong += 1
    puts "WRONG #{one['name']} #{got.to_s[0, 300]}"
  end
end
puts "#{count} vectors, #{wrong} wrong"
exit wrong.zero?

# frozen_string_literal: true

# Reads bodies strictly: JSON, forms, percent-encoded JSON. What is wrong is an Unreadable.

require "json"
require "strscan"

class Unreadable < StandardError; end

module Body
  BYTES = 16 * 1024 * 1024
  FORM = /\A[A-Za-z_][A-Za-z0-9_.\-\[\]%]*=/

  module_function

  # What a body holds, and whether it is a form.
  def read(headers, raw)
    raise Unreadable, "too-large" if raw.bytesize > BYTES

    text = sound(raw.dup)
    start = text.sub(/\A[ \t\r\n]+/, "")
    return [StrictJson.read(text), false] if start.start_with?("{", "[")

    type = headers.find { |name, _| name.downcase == "content-type" }&.last.to_s.downcase
    return [form(text), true] if type.include?("x-www-form-urlencoded")
    return [StrictJson.read(percent_decoded(text.strip)), false] if start.match?(/\A%7b/i)
    return [form(text), true] if start.match?(FORM)

    [StrictJson.read(text), false]
  end

  def form(text)
    fields = {}
    text.sub(/[\r\n]+\z/, "").split("&").reject(&:empty?).each do |pair|
      name, value = pair.split("=", 2).map { |part| percent_decoded(part) }
      twice = fields.key?(name) || value.to_s.match?(/\A\s*%7b/i)
      raise Unreadable, "unreadable" if twice

      fields[name] = value.to_s
    end
    fields
  end

  def percent_decoded(text)
    raise Unreadable, "unreadable" if text.match?(/%(?![0-9A-Fa-f]{2})/)

    sound(text.tr("+", " ").b.gsub(/%(..)/) { [Regexp.last_match(1)].pack("H2") })
  end

  def sound(text)
    text.force_encoding(Encoding::UTF_8)
    text.valid_encoding? ? text : raise(Unreadable, "unreadable")
  end
end

# JSON with exact integers; no key twice, no NaN, nothing half or too deep.
class StrictJson
  DEPTH = 128
  DIGITS = 4300
  SCALAR = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null/

  def self.read(text)
    new(text).whole
  end

  def initialize(text)
    @scan = StringScanner.new(text)
  end

  def whole
    read = value(0)
    take("")
    @scan.eos? ? read : unreadable
  end

  private

  def unreadable
    raise Unreadable, "unreadable"
  end

  def take(mark)
    @scan.skip(/[ \t\r\n]*/)
    @scan.skip(/#{Regexp.escape(mark)}/)
  end

  def value(depth)
    take("")
    return string if @scan.check(/"/)

    unreadable if depth >= DEPTH && @scan.check(/[{\[]/)
    return object(depth + 1) if take("{")
    return list(depth + 1) if take("[")

    word = @scan.scan(SCALAR) || unreadable
    known = { "true" => true, "false" => false, "null" => nil }
    return known[word] if known.key?(word)

    number(word, is_fraction: @scan[2] || @scan[3])
  end

  def number(word, is_fraction:)
    return (word.delete("-").size > DIGITS ? unreadable : Integer(word, 10)) unless is_fraction

    Float(word).then { |read| read.finite? ? read : unreadable }
  end

  def string
    raw = @scan.scan(/"(?:[^"\\\x00-\x1f]|\\(?:["\\\/bfnrt]|u[0-9a-fA-F]{4}))*"/) || unreadable
    halves = /\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F])..|.)/
    unreadable if raw.scan(halves).flatten.any?
    JSON.parse(raw)
  end

  def object(depth)
    fields = {}
    return fields if take("}")

    loop do
      take("")
      name = @scan.check(/"/) ? string : unreadable
      unreadable if fields.key?(name) || !take(":")
      fields[name] = value(depth)
      break unless take(",")
    end
    take("}") ? fields : unreadable
  end

  def list(depth)
    items = []
    return items if take("]")

    loop do
      items << value(depth)
      break unless take(",")
    end
    take("]") ? items : unreadable
  end
end

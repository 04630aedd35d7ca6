# frozen_string_literal: true

# Verifies and reads callbacks by rules.json. Ruby 3.0 or newer, without any gem.

require "json"
require_relative "body"
require_relative "signature"

# The same event has the same dedupe_key each time that it is sent; "" where none is known.
Event = Struct.new(:callback, :payload, :raw, :dedupe_key)

# kind: invalid-signature (answer 401) or malformed (400); reason: a word for your log.
class Rejected < StandardError
  attr_reader :kind, :reason

  def initialize(kind, reason)
    super("#{kind}: #{reason}")
    @kind = kind
    @reason = reason
  end
end

# Reads the callbacks of some areas. Make one, and give it each request.
class Reader
  def initialize(rules, areas, secrets, accept_unsigned: false, now: -> { Time.now.to_f })
    @forms = rules["signatures"]
    @known = rules["callbacks"].select { |one| areas.include?(one["area"]) }
    @secrets = secrets
    @accept_unsigned = accept_unsigned
    @now = now
  end

  # The event in a request: headers as pairs, the body as raw bytes. Raises Rejected alone.
  def receive(method, url, headers, body)
    payload, is_form = payload_of(headers, body)
    request = Request.new(method, url, headers, body, payload)
    found = @known.select { |rule| rule["named"].all? { |place| named?(request, place) } }
    rule = found.find { |one| proof(one, request) == "valid" }
    rule ||= found.find { |one| proof(one, request) == "unsigned" } if @accept_unsigned
    return unknown(found, request) unless rule

    hold_to_now(rule, request)
    payload.each { |name, text| payload[name] = typed(rule, name, text) } if is_form
    key = rule["dedupe"].map { |place| request.at(place) }
    rule["nested"].each { |path| open_text(payload, path) }
    is_known = key.any? { |part| ![nil, :missing].include?(part) }
    Event.new(rule["callback"], payload, body, is_known ? written([rule["callback"], *key]) : "")
  end

  private

  def payload_of(headers, body)
    payload, is_form = Body.read(headers, body)
    payload.is_a?(Hash) ? [payload, is_form] : raise(Rejected.new("malformed", "no-object"))
  rescue Unreadable => e
    raise Rejected.new("malformed", e.message)
  end

  def proof(rule, request)
    forms = @forms[rule["signature"]]
    found = forms.product(@secrets).map { |form, secret| Signature.new(form, secret).verdict(request) }
    known = %w[valid wrong unreadable missing].find { |one| found.include?(one) }
    known || (forms.empty? ? "unsigned" : "wrong")
  end

  # The event of a name that the rules do not have, of a sender who is proved.
  def unknown(found, request)
    raise Rejected.new("invalid-signature", proof(found.first, request)) if found.any?

    proofs = @known.map { |rule| proof(rule, request) }.uniq
    is_unsigned = @accept_unsigned && proofs == ["unsigned"]
    raise Rejected.new("invalid-signature", "wrong") unless is_unsigned || proofs.include?("valid")

    Event.new("", request.payload, request.body, "")
  end

  def named?(request, place)
    value = request.at(place)
    value = value.to_i if value.is_a?(Float) && value == value.floor
    place["values"].empty? ? ![nil, :missing].include?(value) : place["values"].include?(value)
  end

  def hold_to_now(rule, request)
    moment = rule["moment"]
    text = moment ? request.at(moment).to_s : ""
    return unless text.match?(/\A[0-9]{1,16}\z/)

    seconds = text.to_i / (moment["unit"] == "milliseconds" ? 1000.0 : 1.0)
    stale = (seconds - @now.call).abs > moment["tolerance"]
    raise Rejected.new("invalid-signature", "stale") if stale
  end

  # A field of a form as what the page documents.
  def typed(rule, name, text)
    return text.to_i if rule["numbers"].include?(name) && text.match?(/\A-?(0|[1-9][0-9]{0,99})\z/)

    rule["booleans"].include?(name) && text.match?(/\A(true|false)\z/) ? text == "true" : text
  end

  def written(value)
    case value
    when Array then "[#{value.map { |one| written(one) }.join(',')}]"
    when Hash then "{#{value.sort.map { |name, one| "#{written(name)}:#{written(one)}" }.join(',')}}"
    when :missing then "null"
    else JSON.generate(value)
    end
  end

  # Puts what a text holds as JSON in its place; what is none is left.
  def open_text(payload, path)
    *way, name = path
    holder = way.reduce(payload) { |value, step| value[step] if value.is_a?(Hash) }
    return unless holder.is_a?(Hash) && holder[name].is_a?(String)

    holder[name] = StrictJson.read(holder[name])
  rescue Unreadable
    nil # It stays the text that it is.
  end
end

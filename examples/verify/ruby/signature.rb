# frozen_string_literal: true

# Verifies the signature of a request by a form of rules.json.

require "base64"
require "cgi"
require "json"
require "openssl"

# A request as it came; payload is what was read from its body.
Request = Struct.new(:method, :url, :headers, :body, :payload) do
  # All texts at a place beside the body.
  def texts(place)
    found = place["in"] == "query" ? query : headers.map { |name, text| [name.downcase, text] }
    wanted = place["in"] == "query" ? place["field"] : place["field"].downcase
    texts = found.select { |name, _| name == wanted }.map(&:last)
    return texts unless place["pair"]

    pairs = texts.flat_map { |text| text.split(place["separator"]) }.map { |one| one.strip.split("=", 2) }
    pairs.select { |name, value| name == place["pair"] && value }.map(&:last)
  end

  def query
    parts = url.split("#", 2).first.split("?", 2)[1].to_s.split("&")
    parts.map { |pair| [*pair.split("=", 2), ""].first(2).map { |one| CGI.unescape(one.gsub("+", "%2B")) } }
  end

  # What stands at a place, :missing where nothing does.
  def at(place)
    return texts(place).first || :missing unless place["in"] == "body"

    place["path"].reduce(payload) { |value, name| value.is_a?(Hash) ? value.fetch(name, :missing) : :missing }
  end
end

class Signature
  def initialize(form, secret)
    @form = form
    @secret = secret
  end

  # valid, wrong, unreadable or missing; of signatures side by side none that is there may be wrong
  def verdict(request)
    found = [self, *@form["beside"].map { |one| Signature.new(one, @secret) }].map { |one| one.alone(request) }
    there = found - ["missing"]
    (there - ["valid"]).first || there.first || "missing"
  end

  def alone(request)
    place = @form["place"]
    given = request.at(place)
    return "missing" if given == :missing
    return "unreadable" unless given.is_a?(String) && !given.empty?
    return token_verdict(given, request.body) if @form["token"]

    pieces = @form["pieces"].map { |rule| piece(rule, request) }
    return "unreadable" if pieces.include?(nil)

    pieces = pieces.map(&:b)
    digest = digest((@form["sorted"] ? pieces.sort : pieces).join(@form["separator"].b))
    texts = place["pair"] ? request.texts(place) : [given]
    claimed = @form["several"].empty? ? texts : given.split(@form["several"])
    right = @form["encodings"].map { |encoding| @form["prefix"] + written(digest, encoding) }
    claimed.product(right).any? { |one, other| same?(one, other) } ? "valid" : "wrong"
  end

  private

  # The bytes of a piece; nil for a value that is neither a text nor an integer.
  def piece(rule, request)
    case rule["kind"]
    when "secret" then key
    when "literal" then rule["text"]
    when "form" then form(request.body)
    when "value"
      value = request.at(rule["place"])
      value.to_s if value.is_a?(String) || value.is_a?(Integer)
    else request[rule["kind"].to_sym]
    end
  end

  # Names and values, sorted by name and joined. CGI.parse would take a semicolon for an end.
  def form(body)
    pairs = body.split("&").map { |pair| CGI.unescape(pair.sub("=", "\0")).b }
    pairs.sort.join.delete("\0")
  end

  def key
    bare = @secret.delete_prefix(@form["secret"]["prefix"])
    case @form["secret"]["encoding"]
    when "base64" then Base64.strict_decode64(bare)
    when "hex" then [bare].pack("H*")
    else bare
    end
  end

  def digest(message)
    name = @form["hash"]
    @form["hmac"] ? OpenSSL::HMAC.digest(name, key, message) : OpenSSL::Digest.digest(name, message)
  end

  def written(digest, encoding)
    case encoding
    when "hex" then digest.unpack1("H*")
    when "base64" then Base64.strict_encode64(digest)
    when "base64url" then Base64.urlsafe_encode64(digest, padding: false)
    when "percent-base64" then CGI.escape(Base64.strict_encode64(digest))
    end
  end

  def same?(one, other)
    OpenSSL.secure_compare(one.b, other.b)
  end

  # A JSON Web Token is right where its end is, and its claim of the body's digest.
  def token_verdict(token, body)
    head, claims, signed, *more = token.split(".", -1)
    known = opened(claims.to_s)
    alg = "HS#{@form['hash'].delete_prefix('sha')}"
    return "unreadable" if signed.nil? || more.any? || known.empty? || opened(head)["alg"] != alg

    rule = @form["token"]
    right = written(digest("#{head}.#{claims}"), "base64url")
    held = written(OpenSSL::Digest.digest(rule["hash"], body), rule["encoding"])
    same?(signed, right) && known[rule["claim"]] == held ? "valid" : "wrong"
  end

  def opened(part)
    value = JSON.parse(Base64.urlsafe_decode64(part))
    value.is_a?(Hash) ? value : {}
  rescue ArgumentError, JSON::ParserError
    {}
  end
end

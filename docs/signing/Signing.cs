using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Signs every request of an HttpClient: new HttpClient(new Signing(key, secret, user)).</summary>
public sealed class Signing : DelegatingHandler
{
    private readonly string key, secret, user;

    public Signing(string accessKey, string accessSecret, string userId) : base(new HttpClientHandler())
        => (key, secret, user) = (accessKey, accessSecret, userId);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString();
        var nonce = Guid.NewGuid().ToString("N");
        var signed = Encoding.UTF8.GetBytes(key + timestamp + nonce + secret);
        string signature;
        using (var md5 = MD5.Create()) signature = BitConverter.ToString(md5.ComputeHash(signed)).Replace("-", "");
        var headers = new Dictionary<string, string> {
            ["access-key"] = key, ["timestamp"] = timestamp, ["nonce-str"] = nonce, ["user-id"] = user, ["signature"] = signature };
        foreach (var header in headers) { request.Headers.Remove(header.Key); request.Headers.Add(header.Key, header.Value); }
        return base.SendAsync(request, cancel);
    }
}

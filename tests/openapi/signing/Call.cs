using System;
using System.Net.Http;
using System.Text;

/// <summary>Sends a signed request, and prints the reply: URL SECRET BODY.</summary>
public static class Call
{
    public static void Main(string[] given)
    {
        var client = new HttpClient(new Signing("sandbox-key", given[1], "sandbox-user"));
        var body = new StringContent(given[2], Encoding.UTF8, "application/json");
        var answer = client.PostAsync(given[0], body).GetAwaiter().GetResult();
        Console.Write(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
    }
}
